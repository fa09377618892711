import Entities
import Foundation
import Molecules
import Screening

@testable import Reporting

/// A report of real molecules with made-up predictions.
enum SampleReport {
  static func make(hits count: Int, testCount: Int = 553) throws -> ScreenReport {
    let compounds = try compounds()
    var noise = Noise(seed: 7)
    let hits = hits(Array(compounds.prefix(count)), compounds, &noise)
    var scores = ValueHistogram(from: 3, to: 11, bins: 80)
    for _ in 0..<200_000 { scores.add(5.6 + 0.55 * noise.normal()) }
    for hit in hits { scores.add(hit.prediction.value) }
    return ScreenReport(
      title: "Thrombin inhibitors from the MOSES library",
      target: "Thrombin (CHEMBL204)",
      endpoint: ReportEndpoint(name: "pKi", unit: "−log₁₀ mol/L"),
      hits: hits, drawings: try drawings(hits),
      tally: ScreenTally(
        read: 1_936_962, scored: 1_912_004,
        refused: [
          RefusedCount(reason: "molecular weight above 500 g/mol", count: 20_114),
          RefusedCount(reason: "more than 20 compounds of one scaffold", count: 4_802),
          RefusedCount(reason: "unreadable", count: 38),
          RefusedCount(reason: "too-large", count: 4),
        ]),
      plan: [
        "Keep compounds with molecular weight up to 500 g/mol and logP up to 5.",
        "Keep at most 20 compounds of one scaffold.",
        "Rank by predicted pKi, highest first; ties by identifier.",
      ],
      scores: scores, librarySample: compounds.map(\.properties),
      model: assessment(testCount, &noise),
      provenance: [
        Fact("Command", "osong screen moses.olib --model thrombin.model --top 500 -o result/"),
        Fact("Version", "Osong 0.1.0"), Fact("Seed", "7"), Fact("Threads", "2"),
        Fact("Library", "sha256 9c1185a5c5e9fc54612808977ee8f548b2258d31aa2f9b8e1c1b6c0f6b5d3a11"),
        Fact("Model", "sha256 4b227777d4dd1fc61c6f884f48641d02b4d121d3fd328cb08b5531fcacdabf8a"),
      ],
      warnings: ["Training compounds are mostly peptidomimetics; the library has few of them."])
  }

  private struct Compound {
    let id: String
    let smiles: String
    let scaffold: String
    let alerts: [String]
    let heavyAtoms: Int
    let properties: CompoundProperties
  }

  private static func compounds() throws -> [Compound] {
    let identities = try ReferenceData.rows(ReferenceData.chemistry("identity"))
    let descriptors = try ReferenceData.rows(ReferenceData.chemistry("descriptors"))
    return zip(identities, descriptors).compactMap { identity, row in
      func number(_ column: String) -> Double? { row[column].flatMap { Double($0) } }
      guard let id = identity["id"], let smiles = identity["canonical_smiles"],
        let weight = number("MolWt"), let logP = number("MolLogP"), let area = number("TPSA"),
        let qed = number("QED"), let donors = number("HBD"), let acceptors = number("HBA"),
        let rotatable = number("RotB"), let atoms = number("HeavyAtoms"), weight < 900
      else { return nil }
      let alerts = ["PAINS", "BRENK", "NIH"].flatMap { catalog in
        (row[catalog] ?? "").split(separator: "|").map { "\(catalog): \($0)" }
      }
      return Compound(
        id: id, smiles: smiles, scaffold: identity["murcko_scaffold"] ?? "", alerts: alerts,
        heavyAtoms: Int(atoms),
        properties: CompoundProperties(
          molecularWeight: weight, logP: logP, polarSurfaceArea: area, donors: Int(donors),
          acceptors: Int(acceptors), rotatableBonds: Int(rotatable), drugLikeness: qed))
    }
  }

  private static func hits(
    _ compounds: [Compound], _ all: [Compound], _ noise: inout Noise
  ) -> [Hit] {
    let values = compounds.map { _ in 7.2 + noise.normal().magnitude * 0.5 }.sorted(by: >)
    return compounds.indices.map { index in
      let compound = compounds[index]
      let value = values[index]
      let deviation = 0.45 + 0.35 * noise.uniform()
      let similarity = 0.28 + 0.6 * noise.uniform() * noise.uniform()
      let isInside = similarity > 0.32
      let near = all[Int(noise.uniform() * Double(all.count - 1))]
      return Hit(
        rank: index + 1, id: compound.id, smiles: compound.smiles,
        prediction: PredictedValue(
          value: value, uncertainty: deviation, lower: value - 1.645 * deviation,
          upper: value + 1.645 * deviation),
        nearest: NearestMeasured(
          id: "CHEMBL\(10_000 + index * 37)", smiles: near.smiles, similarity: similarity,
          value: value - 0.4 + 0.6 * noise.normal()),
        inDomain: isInside, properties: compound.properties, alerts: compound.alerts,
        scaffold: compound.scaffold,
        atomContributions: (0..<compound.heavyAtoms).map { _ in 0.12 * noise.normal() },
        reason: isInside
          ? "Predicted among the highest 0.03 %; the amidine-like basic group adds most."
          : "High prediction, but far from anything measured.")
    }
  }

  private static func assessment(_ count: Int, _ noise: inout Noise) -> ModelAssessment {
    let test = (0..<count).map { _ -> TestPrediction in
      let measured = 6.4 + 1.4 * noise.normal()
      let value = 6.4 + 0.8 * (measured - 6.4) + 0.6 * noise.normal()
      let deviation = 0.5 + 0.3 * noise.uniform()
      return TestPrediction(
        measured: measured,
        prediction: PredictedValue(
          value: value, uncertainty: deviation, lower: value - 1.645 * deviation,
          upper: value + 1.645 * deviation))
    }
    func metrics(_ error: Double, _ absolute: Double, _ share: Double, _ rank: Double) -> [Metric] {
      [
        Metric(name: "RMSE", value: error, low: error - 0.045, high: error + 0.05),
        Metric(name: "MAE", value: absolute, low: absolute - 0.03, high: absolute + 0.03),
        Metric(name: "R²", value: share, low: share - 0.05, high: share + 0.04, better: .higher),
        Metric(
          name: "Spearman ρ", value: rank, low: rank - 0.04, high: rank + 0.03, better: .higher),
      ]
    }
    return ModelAssessment(
      name: "Ensemble of 5 fingerprint networks",
      split: "MoleculeACE's fixed split: 80 : 20 within clusters, cliffs on both sides.",
      trainingCount: 2_201, test: test,
      contenders: [
        Contender(name: "Ensemble", role: .model, metrics: metrics(0.694, 0.521, 0.741, 0.862)),
        Contender(
          name: "Nearest neighbour", role: .baseline, metrics: metrics(0.861, 0.637, 0.602, 0.781)),
        Contender(
          name: "Dummy (training mean)", role: .baseline,
          metrics: [
            Metric(name: "RMSE", value: 1.402, low: 1.33, high: 1.47),
            Metric(name: "MAE", value: 1.18, low: 1.11, high: 1.24),
            Metric(name: "R²", value: -0.002, low: -0.012, high: 0, better: .higher),
          ]),
      ],
      calibration: [0.5, 0.6, 0.7, 0.8, 0.9, 0.95].map {
        CoverageLevel(nominal: $0, observed: $0 - 0.1 * $0 * (1 - $0) + 0.015)
      },
      coverage90: Metric(name: "coverage", value: 0.912, low: 0.888, high: 0.934, better: .higher))
  }

  /// Drawings by RDKit, with every atom highlighted.
  private static func drawings(_ hits: [Hit]) throws -> [String: String] {
    var result: [String: String] = [:]
    for hit in hits {
      let structure = try Structure(parsing: hit.smiles)
      result[hit.id] = try structure.drawing(
        width: 240, height: 172, highlighting: Array(0..<structure.heavyAtomCount))
    }
    return result
  }
}
