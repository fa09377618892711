import Entities
import Testing

@testable import Screening

@Suite struct SelectionTests {
  private func candidate(
    _ id: String, molecularWeight: Double = 300, scaffold: String = "c1ccccc1",
    similarity: Double = 0.5, inDomain: Bool = true, alerts: [AlertCatalogName: [String]] = [:],
    absent: [String] = [], present: [String] = []
  ) -> Candidate {
    let properties = CompoundProperties(
      molecularWeight: molecularWeight, logP: 2, polarSurfaceArea: 60, donors: 1, acceptors: 3,
      rotatableBonds: 4, drugLikeness: 0.7)
    return Candidate(
      id: id, smiles: "c1ccccc1",
      prediction: PredictedValue(value: 8, uncertainty: 0.5, lower: 7, upper: 9),
      nearest: NearestMeasured(id: "m1", smiles: "C", similarity: similarity, value: 7.5),
      inDomain: inDomain,
      profile: StructureProfile(
        properties: properties, alerts: alerts, scaffold: scaffold, absentRequired: absent,
        presentForbidden: present))
  }

  @Test func `a compound that meets the plan is taken until the count is reached`() {
    var selection = Selection(plan: ScreeningPlan(count: 2))
    #expect(selection.consider(candidate("a")) == nil)
    #expect(!selection.isComplete)
    #expect(selection.consider(candidate("b")) == nil)
    #expect(selection.isComplete)
  }

  @Test func `both ends of a property range are allowed values`() {
    var plan = ScreeningPlan(count: 9)
    plan.properties[.molecularWeight] = ClosedInterval(minimum: 250, maximum: 350)
    var selection = Selection(plan: plan)
    #expect(selection.consider(candidate("low", molecularWeight: 250)) == nil)
    #expect(selection.consider(candidate("high", molecularWeight: 350)) == nil)
    #expect(
      selection.consider(candidate("heavy", molecularWeight: 350.004))
        == .filtered("MW 350.00 is outside 250 to 350"))
  }

  @Test func `a scaffold is taken as often as the plan allows, and acyclic compounds always`() {
    var plan = ScreeningPlan(count: 9)
    plan.maximumPerScaffold = 1
    var selection = Selection(plan: plan)
    #expect(selection.consider(candidate("a")) == nil)
    #expect(selection.consider(candidate("b")) != nil)
    #expect(selection.consider(candidate("c", scaffold: "")) == nil)
    #expect(selection.consider(candidate("d", scaffold: "")) == nil)
  }

  @Test func `a compound refused by another filter does not use up its scaffold`() {
    var plan = ScreeningPlan(count: 9)
    plan.maximumPerScaffold = 1
    plan.onlyInDomain = true
    var selection = Selection(plan: plan)
    #expect(selection.consider(candidate("far", inDomain: false)) != nil)
    #expect(selection.consider(candidate("near")) == nil)
  }

  @Test func `each refusal names its filter`() {
    var plan = ScreeningPlan(count: 9)
    plan.excludedAlerts = [.brenk]
    plan.maximumSimilarityToMeasured = 0.8
    var selection = Selection(plan: plan)
    let alerting = candidate("a", alerts: [.brenk: ["nitro_group"], .pains: ["azo_A"]])
    #expect(selection.consider(alerting) == .filtered("structural alert BRENK: nitro_group"))
    #expect(selection.consider(candidate("b", alerts: [.pains: ["azo_A"]])) == nil)
    #expect(
      selection.consider(candidate("c", absent: ["[OH]"]))
        == .filtered("lacks the required pattern [OH]"))
    #expect(
      selection.consider(candidate("d", present: ["[N+]"]))
        == .filtered("has the forbidden pattern [N+]"))
    #expect(
      selection.consider(candidate("e", similarity: 0.9))
        == .filtered("too close to the measured m1 (similarity 0.90)"))
  }
}
