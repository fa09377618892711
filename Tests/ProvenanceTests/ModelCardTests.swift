import Foundation
import Provenance
import Testing

@Suite("Model card") struct ModelCardTests {
  static func card(named name: String = "thrombin") -> ModelCard {
    let rmse = Performance.Measure(
      metric: "RMSE", unit: "pKi", value: 0.7, lower: 0.65, upper: 0.75, confidence: 0.95,
      higherIsBetter: false)
    let undefined = Performance.Measure(metric: "Spearman", value: nil, higherIsBetter: true)
    return ModelCard(
      name: name, task: .regression,
      endpoint: .init(name: "pKi", unit: "−log10(mol/L)", meaning: "inhibition of thrombin"),
      architecture: "Five networks over ECFP4.",
      training: TrainingRecord(
        data: Artifact(name: "CHEMBL204_Ki.csv", digest: Digest(of: "data")),
        license: "CC-BY-SA-3.0", split: "column split", rows: ["train": 2201, "test": 553],
        seeds: [1, 2, 3, 4, 5]),
      performance: [
        Performance(model: "ensemble", rows: "test", count: 553, measures: [rmse, undefined])
      ],
      baselines: [Performance(model: "mean | dummy", rows: "test", count: 553, measures: [rmse])],
      calibration: CalibrationRecord(
        method: "Split conformal", nominalCoverage: 0.9, observedCoverage: 0.894, lower: 0.866,
        upper: 0.917, count: 553),
      applicabilityDomain: "Molecules with a neighbour of at least 0.4.",
      limitations: ["It knows no stereochemistry."])
  }

  @Test func `a card goes through its file and comes back the same`() throws {
    let folder = try TemporaryFolder()
    let card = Self.card()
    try card.write(into: folder.url)
    let url = folder.url.appending(path: ModelCard.fileName)
    #expect(try StableJSON.decode(ModelCard.self, at: url) == card)
    #expect(try folder.text("CARD.md") == card.markdown)
  }

  @Test func `the card in words shows values with intervals, and a dash for the undefined`() {
    let text = Self.card().markdown
    #expect(
      text.contains("| ensemble | test | 553 | RMSE ↓ [pKi] | 0.700 | 0.650 to 0.750 (95.0 %) |"))
    #expect(text.contains("| ensemble | test | 553 | Spearman ↑ | – | – |"))
    #expect(text.contains("| mean \\| dummy |"))
    #expect(text.contains("they held 89.4 % (86.6 % to 91.7 %) of 553."))
    #expect(text.contains(Digest(of: "data").hex))
  }

  @Test func `a name with markup stays one line of text`() {
    let text = Self.card(named: "a\n# b <script>").markdown
    #expect(text.hasPrefix("# a # b &lt;script>\n"))
  }
}
