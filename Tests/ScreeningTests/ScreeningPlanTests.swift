import Entities
import Foundation
import Testing

@testable import Screening

@Suite struct ScreeningPlanTests {
  private func plan(_ json: String) throws -> ScreeningPlan {
    try JSONDecoder().decode(ScreeningPlan.self, from: Data(json.utf8))
  }

  @Test func `a plan that says little keeps the defaults`() throws {
    let plan = try plan(#"{"count": 500, "properties": {"logP": {"maximum": 5}}}"#)
    #expect(plan.count == 500)
    #expect(plan.properties == [.logP: ClosedInterval(maximum: 5)])
    #expect(plan.ranking == .predictedValue)
    #expect(plan.excludedAlerts.isEmpty)
  }

  @Test func `a mistyped key is refused by name`() {
    #expect(throws: PlanError.self) { try plan(#"{"maxPerScaffold": 3}"#) }
  }

  @Test(arguments: [
    #"{"count": 0}"#, #"{"maximumPerScaffold": 0}"#,
    #"{"properties": {"MW": {"minimum": 500, "maximum": 100}}}"#,
  ])
  func `a plan that can take nothing is refused`(json: String) {
    #expect(throws: PlanError.self) { try plan(json) }
  }

  @Test func `a plan is written and read back unchanged`() throws {
    var plan = ScreeningPlan(count: 7)
    plan.excludedAlerts = [.nih, .pains]
    plan.forbidden = ["[N+](=O)[O-]"]
    plan.properties[.drugLikeness] = ClosedInterval(minimum: 0.3)
    let data = try JSONEncoder().encode(plan)
    #expect(try JSONDecoder().decode(ScreeningPlan.self, from: data) == plan)
  }

  @Test("the score prefers the better value", arguments: RankingRule.allCases)
  func scorePrefersBetter(rule: RankingRule) {
    let low = PredictedValue(value: 5, uncertainty: 0.5, lower: 4, upper: 6)
    let high = PredictedValue(value: 8, uncertainty: 0.5, lower: 7, upper: 9)
    #expect(rule.score(high, .maximise) > rule.score(low, .maximise))
    #expect(rule.score(low, .minimise) > rule.score(high, .minimise))
  }

  @Test(arguments: [(1.125, 2, "1.13"), (-0.004, 2, "0.00"), (12.5, 0, "13"), (-1.25, 1, "-1.3")])
  func `numbers are written without a locale`(value: Double, decimals: Int, text: String) {
    #expect(value.fixed(decimals) == text)
  }
}
