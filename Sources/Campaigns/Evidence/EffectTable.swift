public import Entities
import Foundation
import Provenance
import Records
import TargetEvidence

/// Effects of genes that others published, as a table, made evidence.
///
/// Columns: gene, disease_id, disease, datasource, direction_on_target, direction_on_trait, citation;
/// where known: beta, se, effect_scale, p, carriers, n, method, remark.
public struct EffectTable: Sendable {
  /// The evidence.
  public private(set) var records: [EvidenceRecord] = []
  /// Lines that were not taken.
  public private(set) var refused: [RefusedRecord] = []

  private static let needed = [
    "gene", "disease_id", "disease", "datasource", "direction_on_target", "direction_on_trait",
    "citation",
  ]

  /// Reads a table.
  public init(reading path: String) throws {
    let table = try TableReader(.file(path))
    let missing = Self.needed.filter { !table.header.contains($0) }
    guard missing.isEmpty else {
      throw EvidenceError.table(path, "has no column \(missing.joined(separator: ", "))")
    }
    let digest = try Digest(ofFileAt: URL(filePath: path)).hex
    let name = URL(filePath: path).lastPathComponent
    while let row = try table.next() {
      guard case .row(let row) = row else {
        if case .refused(let record, _) = row { refused.append(record) }
        continue
      }
      let fields = Dictionary(
        zip(table.header, row.fields).filter { !$0.1.isEmpty }, uniquingKeysWith: { one, _ in one })
      switch Self.record(fields, inputs: [name: digest]) {
      case .success(let record): records.append(record)
      case .failure(let reason):
        refused.append(RefusedRecord(line: row.line, id: fields["gene"] ?? "", reason: reason))
      }
    }
  }

  private static func record(
    _ fields: [String: String], inputs: [String: String]
  ) -> Result<EvidenceRecord, Refusal> {
    for column in needed where fields[column] == nil {
      return .failure(.missingValue(column: column))
    }
    var numbers: [String: Double] = [:]
    for column in ["beta", "se", "p", "carriers", "n"] {
      guard let text = fields[column] else { continue }
      guard let value = Double(text), value.isFinite else {
        return .failure(.notANumber(column: column, text: text))
      }
      numbers[column] = value
    }
    guard let target = DirectionOnTarget(rawValue: fields["direction_on_target"] ?? ""),
      let trait = DirectionOnTrait(rawValue: fields["direction_on_trait"] ?? "")
    else {
      return .failure(.unreadable("a direction is none of LoF, GoF, risk, protective, unknown"))
    }
    let p =
      numbers["p"]
      ?? numbers["beta"].flatMap { beta in
        numbers["se"].map { PublishedScore.pValue(beta: beta, standardError: $0) }
      }
    let record = EvidenceRecord(
      source: EvidenceSource(
        platform: .literature, datasource: fields["datasource"] ?? "",
        datatype: "genetic_association",
        citations: (fields["citation"] ?? "").split(separator: ";").map(String.init)),
      target: EvidenceTarget(symbol: fields["gene"] ?? ""),
      disease: EvidenceDisease(id: fields["disease_id"] ?? "", name: fields["disease"] ?? ""),
      statistic: EvidenceStatistic(
        method: fields["method"] ?? "as published", statistic: "effect of the change, as published",
        beta: numbers["beta"], standardError: numbers["se"], effectScale: fields["effect_scale"],
        pValue: p, count: numbers["n"].map { Int($0) },
        carriers: numbers["carriers"].map { Int($0) }),
      directionOnTarget: target, directionOnTrait: trait,
      score: p.map(PublishedScore.score(pValue:)) ?? 0.25, scoreRule: PublishedScore.rule,
      protection: EvidenceProtection(consentSnapshot: "published"), reality: .real,
      remarks: fields["remark"].map { [$0] } ?? [], inputs: inputs, codeVersion: CodeVersion.current
    )
    if let fault = record.faults.first { return .failure(.unreadable(fault)) }
    return .success(record)
  }
}
