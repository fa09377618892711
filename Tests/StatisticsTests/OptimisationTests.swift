import Foundation
import Statistics
import Testing

@Suite struct OptimisationTests {
  @Test func `it finds the bottom of Rosenbrock's valley`() throws {
    let minimum = try #require(
      LimitedMemoryBFGS(steps: 200, tolerance: 1e-9).minimum(from: [-1.2, 1]) { x in
        let (a, b) = (1 - x[0], x[1] - x[0] * x[0])
        return (a * a + 100 * b * b, [-2 * a - 400 * x[0] * b, 200 * b])
      })
    #expect(abs(minimum.place[0] - 1) < 1e-6 && abs(minimum.place[1] - 1) < 1e-6)
  }

  @Test func `it does not step where the function is undefined`() throws {
    // x − log x has its minimum at 1 and no value at or below 0.
    let minimum = try #require(
      LimitedMemoryBFGS().minimum(from: [5]) { x in
        x[0] > 0 ? (x[0] - log(x[0]), [1 - 1 / x[0]]) : nil
      })
    #expect(abs(minimum.place[0] - 1) < 1e-4)
  }

  @Test func `a start where the function is undefined has no minimum`() {
    #expect(LimitedMemoryBFGS().minimum(from: [0]) { _ in nil } == nil)
    #expect(LimitedMemoryBFGS().minimum(from: [0]) { _ in (.nan, [0]) } == nil)
  }

  @Test func `a flat place is its own minimum`() throws {
    let minimum = try #require(LimitedMemoryBFGS().minimum(from: [3, 4]) { _ in (7, [0, 0]) })
    #expect(minimum.place == [3, 4] && minimum.value == 7)
  }
}
