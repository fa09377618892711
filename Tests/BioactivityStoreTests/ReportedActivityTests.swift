import BioactivityStore
import Testing

@Suite("Reported values") struct ReportedActivityTests {
  @Test(arguments: [
    ("8.7", "", "nM", 8.7, ActivityRelation.equal), (" 8.7 ", "=", "nmol/L", 8.7, .equal),
    (">10000", "", "nM", 10_000, .above), ("10000", "'>'", "nM", 10_000, .above),
    ("<=1e3", "", "nM", 1_000, .below), ("0.5", "~", "uM", 500, .about),
    ("0.5", "", "µM", 500, .equal), ("2", "<", "mM", 2e6, .below), ("3", "", "pM", 0.003, .equal),
    ("0.001", "", "M", 1e6, .equal),
  ])
  func `a concentration comes to nanomolar with its sign`(
    text: String, relation: String, unit: String, nanomolar: Double, expected: ActivityRelation
  ) throws {
    let unit = try #require(ConcentrationUnit(text: unit))
    let value = try ReportedActivity(text, relation: relation, unit: unit, endpoint: .ic50)
    #expect(abs(value.nanomolar - nanomolar) < 1e-9 * nanomolar)
    #expect(value.relation == expected)
  }

  @Test func `more of a logarithm is less of a concentration`() throws {
    let value = try ReportedActivity(">6", unit: .negativeLogarithm, endpoint: .ki)
    #expect(abs(value.nanomolar - 1_000) < 1e-6)
    #expect(value.relation == .below)
  }

  @Test(arguments: [
    ("0", ActivityRefusal.Code.outOfRange), ("-3", .outOfRange), ("1.1e9", .outOfRange),
    ("1e-7", .outOfRange), ("nan", .unreadableValue), ("inf", .unreadableValue),
    ("ten", .unreadableValue), ("", .unreadableValue), (">", .unreadableValue),
    ("1,5", .unreadableValue), ("5 nM", .unreadableValue), ("><5", .unreadableValue),
  ])
  func `what is no concentration is refused with its reason`(
    text: String, code: ActivityRefusal.Code
  ) {
    let refusal = #expect(throws: ActivityRefusal.self) {
      _ = try ReportedActivity(text, unit: .nanomolar, endpoint: .ki)
    }
    #expect(refusal?.code == code)
  }

  @Test(arguments: ["%", "ug.mL-1", "mg/mL", "", "kM", "s-1"])
  func `other units are none`(text: String) {
    #expect(ConcentrationUnit(text: text) == nil)
  }
}
