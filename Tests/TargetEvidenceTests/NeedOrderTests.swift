import Entities
import Statistics
import Testing

@testable import TargetEvidence

@Suite("Need")
struct NeedOrderTests {
  private func need(_ disease: String, _ people: Double) -> DiseaseNeed {
    let estimate = DiseaseNeed.Estimate(value: people, lower: nil, upper: nil)
    return DiseaseNeed(
      disease: EvidenceDisease(id: disease, name: disease), people: estimate, share: estimate,
      prevalence: estimate)
  }

  @Test func `diseases follow their need, and one that nobody looked at comes last`() {
    let order = NeedOrder([need("MONDO:1", 10), need("MONDO:2", 500), need("MONDO:3", 10)])
    let items = ["MONDO:9", "MONDO:1", "MONDO:3", "MONDO:8", "MONDO:2"]
    #expect(
      order.ordered(items) { $0 } == ["MONDO:2", "MONDO:1", "MONDO:3", "MONDO:9", "MONDO:8"])
    #expect(order.need(of: "MONDO:9") == nil)
  }

  /// Everything of a ranking that a need could have moved.
  private func print(_ targets: [RankedTarget]) -> [String] {
    targets.map { target in
      "\(target.target.symbol) \(target.score.bitPattern) \(target.decision) \(target.modulation) "
        + "\(target.reasons) \(target.relativeSuccess?.value.bitPattern ?? 0) "
        + "\(target.support.values.sorted()) \(target.evidence.map(\.id))"
    }
  }

  @Test func `no need changes a score, a decision or a place of any target`() throws {
    let diseases = ["EFO:0004611", "MONDO:0005148", "MONDO:0004979"]
    var random = Xoshiro256(seed: 1)
    var evidence: [(id: String, record: EvidenceRecord)] = []
    for disease in diseases {
      for place in 0..<12 {
        let made = record(
          "G\(place % 7)", random.drawUnit() < 0.5 ? .lossOfFunction : .gainOfFunction,
          random.drawUnit() < 0.5 ? .risk : .protective, score: random.drawUnit(),
          disease: disease)
        evidence.append((made.id, made))
      }
    }
    let before = try diseases.map { disease in
      (disease: disease, targets: try TargetRanking().rank(evidence, disease: disease))
    }
    for _ in 0..<200 {
      // From nobody to more people than there are.
      let order = NeedOrder(diseases.map { need($0, random.drawUnit() * 1e11) })
      let after = order.ordered(before) { $0.disease }
      for ranking in after {
        let old = try #require(before.first { $0.disease == ranking.disease })
        #expect(print(ranking.targets) == print(old.targets))
        let anew = try TargetRanking().rank(evidence, disease: ranking.disease)
        #expect(print(anew) == print(old.targets))
      }
      let needs = after.compactMap { order.need(of: $0.disease)?.people.value }
      #expect(needs == needs.sorted(by: >))
    }
  }
}
