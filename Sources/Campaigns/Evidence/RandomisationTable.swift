import Biobank
import Foundation
import Records
import TargetEvidence

/// Mendelian randomisation from a table of variants: every estimate, side by side.
public struct RandomisationTable: Sendable {
  /// One estimate.
  public struct Row: Sendable {
    /// Which.
    public let method: String
    /// The effect of one unit of the exposure on the outcome, its standard error and its p; nil where
    /// the method has none.
    public let value: Double, standardError: Double?, pValue: Double?
  }

  /// The estimates.
  public private(set) var rows: [Row] = []
  /// Variants that were used.
  public let variants: Int
  /// Lines without four numbers, or without an effect on the exposure.
  public let refused: Int
  /// Cochran's Q and the share of it that chance does not explain.
  public let cochranQ: Double, heterogeneity: Double

  /// Reads the columns of effects and standard errors.
  public init(
    reading path: String, exposure: (beta: String, se: String), outcome: (beta: String, se: String)
  ) throws {
    let table = try TableReader(.file(path))
    let names = [exposure.beta, exposure.se, outcome.beta, outcome.se]
    let places = names.compactMap { table.header.firstIndex(of: $0) }
    guard places.count == names.count else {
      let missing = names.filter { !table.header.contains($0) }
      throw EvidenceError.table(path, "has no column \(missing.joined(separator: ", "))")
    }
    var instruments: [MendelianRandomisation.Instrument] = []
    var refused = 0
    while let row = try table.next() {
      guard case .row(let row) = row else {
        refused += 1
        continue
      }
      let numbers = places.compactMap { Double(row.fields[$0]) }
      guard numbers.count == 4,
        let instrument = MendelianRandomisation.Instrument(
          exposure: numbers[0], exposureError: numbers[1], outcome: numbers[2],
          outcomeError: numbers[3])
      else {
        refused += 1
        continue
      }
      instruments.append(instrument)
    }
    guard let study = MendelianRandomisation(instruments) else {
      throw EvidenceError.table(path, "has no variant with an effect on the exposure")
    }
    variants = instruments.count
    self.refused = refused
    (cochranQ, heterogeneity) = (study.cochranQ, study.heterogeneity)
    func add(_ method: String, _ estimate: MendelianRandomisation.Estimate?) {
      guard let estimate else { return }
      rows.append(
        Row(
          method: method, value: estimate.value, standardError: estimate.standardError,
          pValue: estimate.pValue))
    }
    add("Wald ratio", study.waldRatio)
    add("inverse variance, fixed effects", study.fixedEffects)
    add("inverse variance, random effects", study.randomEffects)
    add("Egger, slope", study.egger?.slope)
    add("Egger, intercept", study.egger?.intercept)
    if instruments.count > 2 {
      rows.append(
        Row(
          method: "weighted median", value: study.weightedMedian, standardError: nil, pValue: nil))
      rows.append(
        Row(method: "simple median", value: study.simpleMedian, standardError: nil, pValue: nil))
    }
  }
}
