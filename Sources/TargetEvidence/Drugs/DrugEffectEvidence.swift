public import Entities
import Provenance

/// Evidence for targets from what drugs on them did to people: safety signals and repurposing hints.
///
/// A drug imitates a change of its target: an inhibitor a loss of function. So an inhibitor whose
/// users fall ill says that inhibiting harms, and one whose users are spared that it may help.
public struct DrugEffectEvidence: Sendable {
  /// The source of records of drugs whose users fell ill.
  public static let harm = "drug_safety_signal"
  /// The source of records of drugs whose users were spared.
  public static let hint = "drug_repurposing_hint"

  /// The evidence.
  public private(set) var records: [EvidenceRecord] = []
  /// Effects of drugs that no table of targets names.
  public private(set) var unknownDrugs = 0
  /// Effects that systematic error explains, calibrated p above 0.05.
  public private(set) var unclear = 0
  /// Effects that make no record, and why.
  public private(set) var refused: [RefusedRecord] = []

  /// The largest calibrated p that becomes evidence.
  public static let largestPValue = 0.05

  /// Joins effects and targets.
  ///
  /// - Parameters:
  ///   - snapshot: the consents under which the people's records were read; `published` for
  ///     published ones.
  ///   - inputs: digests of what was read, by name.
  public init(
    _ effects: [CalibratedEffect], _ targets: [DrugTarget], snapshot: String,
    reality: EvidenceReality = .real, inputs: [String: String] = [:]
  ) {
    let byDrug = Dictionary(grouping: targets, by: \.drug)
    for effect in effects {
      guard let own = byDrug[effect.drug] else {
        unknownDrugs += 1
        continue
      }
      guard effect.calibratedPValue <= Self.largestPValue, effect.beta != 0 else {
        unclear += 1
        continue
      }
      let several = Set(own.map(\.symbol)).count
      for target in own {
        let record = Self.record(
          effect, target, several: several, snapshot: snapshot, reality: reality, inputs: inputs)
        if let fault = record.faults.first {
          refused.append(RefusedRecord(line: 0, id: target.symbol, reason: .unreadable(fault)))
        } else {
          records.append(record)
        }
      }
    }
  }

  private static func record(
    _ effect: CalibratedEffect, _ target: DrugTarget, several: Int, snapshot: String,
    reality: EvidenceReality, inputs: [String: String]
  ) -> EvidenceRecord {
    let harms = effect.beta > 0
    var remarks = [
      "\(effect.drug) is named \(target.action) of \(target.symbol); people who took it were "
        + "\(harms ? "more" : "less") often ill with \(effect.disease.name), calibrated with "
        + "\(effect.negativeControls) negative controls"
    ]
    if target.modulation == .unknown {
      remarks.append("which way \(effect.drug) moves \(target.symbol) is not known")
    }
    if several > 1 {
      remarks.append(
        "\(effect.drug) acts on \(several) targets; which of them carries the effect is not known")
    }
    return EvidenceRecord(
      source: EvidenceSource(
        platform: .hospitals, datasource: harms ? Self.harm : Self.hint,
        datatype: "known_drug", citations: target.citations),
      target: EvidenceTarget(symbol: target.symbol, uniprot: target.uniprot),
      disease: effect.disease,
      statistic: EvidenceStatistic(
        method: effect.method, statistic: "calibrated effect of taking the drug",
        beta: effect.beta, standardError: effect.standardError, effectScale: effect.scale,
        pValue: effect.pValue, calibratedPValue: effect.calibratedPValue, count: effect.count,
        cases: effect.cases, drug: effect.drug, drugModulation: target.modulation),
      directionOnTarget: target.direction, directionOnTrait: harms ? .risk : .protective,
      score: PublishedScore.score(pValue: effect.calibratedPValue),
      scoreRule: "calibrated p by " + PublishedScore.rule,
      protection: EvidenceProtection(consentSnapshot: snapshot), reality: reality,
      remarks: remarks, inputs: inputs, codeVersion: CodeVersion.current)
  }
}
