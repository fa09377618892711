public import Entities
import Governance
import Records

/// What a drug did to the people who took it, after calibration against negative controls.
///
/// An observational estimate alone never becomes evidence: its table must say how many negative
/// controls it was calibrated with, and what its p is then.
public struct CalibratedEffect: Hashable, Sendable {
  /// The drug's name in capital letters.
  public let drug: String
  /// The event or disease.
  public let disease: EvidenceDisease
  /// The calibrated logarithm of the rate, odds or hazard ratio; below 0 the drug protects.
  public let beta: Double
  /// Its calibrated standard error.
  public let standardError: Double
  /// Which ratio.
  public let scale: String
  /// The p-value before calibration, where it is told.
  public let pValue: Double?
  /// The p-value after it.
  public let calibratedPValue: Double
  /// The negative controls that the calibration stands on.
  public let negativeControls: Int
  /// How it was estimated.
  public let method: String
  /// People, and those with the event, where they are told.
  public let count: Int?, cases: Int?

  /// With fewer controls the distribution of systematic error is not known.
  public static let fewestControls = 10

  static let needed = [
    "drug", "disease_id", "disease", "calibrated_beta", "calibrated_se", "effect_scale",
    "calibrated_p", "negative_controls", "method",
  ]

  /// The sentence for who comes with numbers that were not calibrated.
  public static let demand =
    "observational numbers must be calibrated against negative controls before they become evidence: "
    + "name a table of calibrated estimates, with the columns \(needed.joined(separator: ", "))"

  /// Reads a table of estimates.
  public static func read(
    _ path: String
  ) throws -> (effects: [CalibratedEffect], refused: [RefusedRecord]) {
    let table = try TableReader(.file(path))
    let missing = needed.filter { !table.header.contains($0) }
    guard missing.isEmpty else {
      throw EvidenceError.table(path, "has no column \(missing.joined(separator: ", ")): \(demand)")
    }
    var (effects, refused): ([CalibratedEffect], [RefusedRecord]) = ([], [])
    while let row = try table.next() {
      guard case .row(let row) = row else {
        if case .refused(let record, _) = row { refused.append(record) }
        continue
      }
      let fields = Dictionary(
        zip(table.header, row.fields).filter { !$0.1.isEmpty }, uniquingKeysWith: { one, _ in one })
      switch effect(fields) {
      case .success(let effect): effects.append(effect)
      case .failure(let reason): refused.append(RefusedRecord(line: row.line, reason: reason))
      }
    }
    return (effects, refused)
  }

  private static func effect(_ fields: [String: String]) -> Result<CalibratedEffect, Refusal> {
    for column in needed where fields[column] == nil {
      return .failure(.missingValue(column: column))
    }
    var numbers: [String: Double] = [:]
    for column in [
      "calibrated_beta", "calibrated_se", "calibrated_p", "negative_controls", "p", "n", "cases",
    ] {
      guard let text = fields[column] else { continue }
      guard let value = Double(text), abs(value) < 1e15 else {
        return .failure(.notANumber(column: column, text: text))
      }
      numbers[column] = value
    }
    let (p, se) = (numbers["calibrated_p"] ?? -1, numbers["calibrated_se"] ?? 0)
    guard (0...1).contains(p), (0...1).contains(numbers["p"] ?? 0) else {
      return .failure(.unreadable("a p-value is not from 0 to 1"))
    }
    guard se > 0 else { return .failure(.unreadable("its standard error is not above 0")) }
    let controls = Int(numbers["negative_controls"] ?? 0)
    guard controls >= fewestControls else {
      return .failure(
        .filtered(
          "it was calibrated with \(controls) negative controls, fewer than \(fewestControls)"))
    }
    let cell = MinimumCell()
    for column in ["n", "cases"] {
      guard cell.allows(Int(numbers[column] ?? 0)) else {
        return .failure(.filtered("it tells of fewer than \(cell.minimum) people"))
      }
    }
    return .success(
      CalibratedEffect(
        drug: (fields["drug"] ?? "").uppercased(),
        disease: EvidenceDisease(id: fields["disease_id"] ?? "", name: fields["disease"] ?? ""),
        beta: numbers["calibrated_beta"] ?? 0, standardError: se,
        scale: fields["effect_scale"] ?? "", pValue: numbers["p"], calibratedPValue: p,
        negativeControls: controls, method: fields["method"] ?? "",
        count: numbers["n"].map { Int($0) }, cases: numbers["cases"].map { Int($0) }))
  }
}
