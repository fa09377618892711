import Entities
public import Patents
public import Records

/// Looks every record of a file up in the patents, in order and in bounded memory.
///
/// Rows, their order and their columns are kept; what was found is added in columns of its own.
public struct PatentCheckTable: Sendable {
  /// The columns of the table: the input's, then those of the finding.
  public let header: [String]
  private let own: Int
  private let hasStructureColumn: Bool

  /// The columns that are added.
  public static let columns = [
    "patent_status", "patent_finding", "patent_compound", "patent_similarity", "patent_document",
    "patent_family", "patent_earliest", "patent_published", "patent_assignee", "patent_field",
    "patent_expiry", "patent_exclusivity", "patent_documents", "patent_families",
    "patent_first_day", "patent_same_connectivity", "patent_same_scaffold", "patent_similar",
    "patent_error",
  ]

  /// Prepares the table for an input.
  public init(input: CompoundReader) {
    hasStructureColumn = input.format != .sdf
    let before = hasStructureColumn ? input.header : ["id", "smiles"] + input.header
    own = before.count
    header = before + FreeNames.of(Self.columns, beside: before)
  }

  /// Looks a whole input up.
  ///
  /// - Parameters:
  ///   - consume: takes each record's row and finding, in the order of the input.
  ///   - progress: told of the share of the input's bytes; may throw to stop.
  /// - Returns: how many records have which status.
  public func run(
    on reader: CompoundReader, _ check: PatentCheck, threshold: Double,
    consume: (_ row: [String], _ finding: PatentFinding) throws -> Void,
    progress: (Double?) throws -> Void = { _ in }
  ) throws -> [PatentFinding.Status: Int] {
    var counts: [PatentFinding.Status: Int] = [:]
    while let records = try reader.nextChunk(256) {
      let findings = check.findings(for: records.map(Self.query), threshold: threshold)
      for (record, finding) in zip(records, findings) {
        counts[finding.status, default: 0] += 1
        try consume(row(record, finding), finding)
      }
      try progress(reader.totalBytes.map { Double(reader.bytesRead) / Double(max($0, 1)) })
    }
    return counts
  }

  private static func query(
    _ record: ReadRecord
  ) -> (query: String, structure: Result<StructureText, Refusal>) {
    switch record {
    case .refused(let refused, _): (refused.id, .failure(refused.reason))
    case .record(let record):
      switch record.structure {
      case .smiles(let smiles): (smiles, .success(record.structure))
      case .molBlock: (record.id, .success(record.structure))
      }
    }
  }

  private func row(_ record: ReadRecord, _ finding: PatentFinding) -> [String] {
    var before: [String]
    switch record {
    case .refused(let refused, let fields):
      before = (hasStructureColumn ? [] : [refused.id, ""]) + fields
    case .record(let record):
      before = (hasStructureColumn ? [] : [record.id, ""]) + record.fields
    }
    // A ragged row keeps what fits, so that no column shifts.
    before = Array((before + [String](repeating: "", count: own)).prefix(own))
    if let error = finding.refusal {
      let empty = [String](repeating: "", count: Self.columns.count - 3)
      return before + [finding.status.rawValue, finding.sentence] + empty + ["\(error)"]
    }
    let found = finding.closest
    let document = found?.document
    return before + [
      finding.status.rawValue, finding.sentence, found?.id ?? "",
      found?.similarity.map(Self.cut) ?? "", document?.number ?? "", document?.family ?? "",
      document?.earliest.map { "\($0)" } ?? "", document?.published.map { "\($0)" } ?? "",
      document?.assignee ?? "",
      document.map { $0.fields.map(\.name).joined(separator: "|") } ?? "",
      document?.expiry.map { "\($0)" } ?? "", document?.exclusivity.map { "\($0)" } ?? "",
      found.map { "\($0.documents)" } ?? "", found.map { "\($0.families)" } ?? "",
      found?.earliest.map { "\($0)" } ?? "", "\(finding.connectivityCount)",
      finding.scaffold.map { "\($0)" } ?? "", "\(finding.similarCount)", "",
    ]
  }

  /// Four decimals, cut and not rounded: 0.99996 must not read as 1.
  private static func cut(_ similarity: Double) -> String {
    let parts = Int((similarity * 10_000 + 1e-9).rounded(.down))
    let digits = String(parts % 10_000)
    return "\(parts / 10_000)." + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
