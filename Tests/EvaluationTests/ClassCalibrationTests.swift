import Evaluation
import Foundation
import Statistics
import Testing

@Suite struct ClassCalibrationTests {
  /// Probabilities that are far too sure: their logits are three times what the rates are.
  private func rows(_ count: Int, seed: UInt64) -> (probabilities: [Double], labels: [Bool]) {
    var generator = Xoshiro256(seed: seed)
    let logits = (0..<count).map { _ in 4 * generator.drawUnit() - 3 }
    let labels = logits.map { generator.drawUnit() < 1 / (1 + exp(-$0)) }
    return (logits.map { 1 / (1 + exp(-3 * $0)) }, labels)
  }

  @Test func `probabilities that are too sure are drawn in`() {
    let (probabilities, labels) = rows(4_000, seed: 1)
    let line = LogitCalibration(probabilities: probabilities, labels: labels)
    #expect(abs(line.slope - 1 / 3) < 0.04 && abs(line.offset) < 0.15)
    let fresh = rows(4_000, seed: 2)
    func loss(_ values: [Double]) -> Double? {
      ClassificationMetric.logLoss.value(scores: values, labels: fresh.labels)
    }
    let before = loss(fresh.probabilities) ?? 0
    let after = loss(fresh.probabilities.map(line.probability)) ?? .infinity
    #expect(after < before - 0.1)
  }

  @Test func `one class alone moves nothing`() {
    let line = LogitCalibration(probabilities: [0.2, 0.9], labels: [true, true])
    #expect(line == .none && abs(line.probability(0.3) - 0.3) < 1e-12)
  }

  @Test func `each class is held as often as stated, the rare one too`() {
    let (probabilities, labels) = rows(1_000, seed: 3)
    let mondrian = MondrianCalibration(probabilities: probabilities, labels: labels)
    let fresh = rows(6_000, seed: 4)
    for active in [false, true] {
      let of = fresh.labels.indices.filter { fresh.labels[$0] == active }
      let held = of.count { row in
        let classes = mondrian.classes(probability: fresh.probabilities[row], coverage: 0.9)
        return active ? classes.active : classes.inactive
      }
      let share = Double(held) / Double(of.count)
      #expect(share > 0.85 && share < 0.95, "class \(active): \(share)")
    }
  }

  @Test func `a p-value counts the row itself, and ties as strange`() {
    let mondrian = MondrianCalibration(
      probabilities: [0.1, 0.4, 0.4, 0.9], labels: [false, false, false, true])
    #expect(mondrian.pValue(probability: 0.4, active: false) == 0.75)
    #expect(mondrian.pValue(probability: 0.95, active: false) == 0.25)
    #expect(mondrian.pValue(probability: 0.05, active: false) == 1)
    #expect(mondrian.pValue(probability: 0.9, active: true) == 1)
  }

  @Test func `without rows of a class nothing excludes it`() {
    let mondrian = MondrianCalibration(probabilities: [0.1], labels: [false])
    #expect(mondrian.pValue(probability: 0.0, active: true) == 1)
  }
}
