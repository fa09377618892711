import Testing

@testable import Reporting

struct NumberTextTests {
  @Test(arguments: [
    (7.125, 2, "7.13"), (-0.001, 2, "0.00"), (-0.5, 1, "-0.5"), (0, 3, "0.000"),
    (0.05, 2, "0.05"), (12, 0, "12"), (999.9996, 3, "1000.000"), (.nan, 2, ""),
    (.infinity, 2, ""), (1e300, 2, "1e+300"), (-1234.5678, 3, "-1234.568"),
  ])
  func `numbers have a point and fixed decimals`(_ value: Double, _ decimals: Int, _ text: String) {
    #expect(NumberText.plain(value, decimals: decimals) == text)
  }

  @Test func `readers see a true minus sign and a dash for nothing`() {
    #expect(NumberText.shown(-1.25, decimals: 2) == "−1.25")
    #expect(NumberText.shown(.nan, decimals: 2) == "–")
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1_000, "1,000"), (1_936_962, "1,936,962"), (-1_000, "−1,000"),
  ])
  func `whole numbers are grouped`(_ value: Int, _ text: String) {
    #expect(NumberText.grouped(value) == text)
  }

  @Test(arguments: [
    (0, "0 %"), (0.0004, "< 0.1 %"), (0.031, "3.1 %"), (0.0999, "10 %"), (0.912, "91 %"),
    (0.9999, "> 99.9 %"), (1, "100 %"),
  ])
  func `a share is never rounded to nothing or to all`(_ share: Double, _ text: String) {
    #expect(NumberText.percent(share) == text)
  }
}
