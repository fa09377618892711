internal import Entities

/// Reads proteins' chains one after another in bounded memory, from FASTA or from a table.
///
/// What begins with `>` is FASTA; all else is a table with a column of sequences. A bad entry is a value
/// and shifts nothing. Not for two threads at once.
public final class SequenceReader {
  private enum Core {
    case fasta(FASTAEntries)
    case table(TableReader, id: Int, sequence: Int, others: [Int])
  }

  private static let idNames = [
    "protein_id", "protein", "target_id", "target", "uniprot", "id", "name",
  ]
  private static let sequenceNames = ["sequence", "target_sequence", "target sequence", "seq"]
  private static let otherNames = ["gene", "symbol", "uniprot", "name"]

  private let core: Core

  /// Opens a source and reads as far as its first entry.
  ///
  /// - Parameter idColumn: the column of identifiers, where it has no usual name.
  public init(
    _ source: RecordSource, idColumn: String? = nil, limits: RecordLimits = .default
  ) throws(RecordError) {
    var window = try ByteWindow.opening(source)
    try window.extend(toHold: 1 << 12)
    let first = window.bytes[window.start...].first { !$0.isBlank && $0 != ASCII.lineFeed }
    guard let first else { throw .empty(source: source.name) }
    if first == ASCII.greaterThan {
      core = .fasta(FASTAEntries(window, limits: limits))
      return
    }
    let delimiter = try window.delimiterOfFirstLine(limit: limits.recordBytes)
    let table = try TableReader(
      window, name: source.name, format: .csv, hasHeader: true, delimiter: delimiter,
      limits: limits)
    let header = table.header.map { $0.trimmed.lowercased() }
    func place(_ names: [String]) -> Int? {
      names.lazy.compactMap { header.firstIndex(of: $0) }.first
    }
    guard let sequence = place(Self.sequenceNames) else {
      throw .noSuchColumn(
        source: source.name, role: .sequence, wanted: "sequence", found: table.header)
    }
    guard let id = place(idColumn.map { [$0.lowercased()] } ?? Self.idNames) else {
      throw .noSuchColumn(
        source: source.name, role: .id, wanted: idColumn ?? "protein_id", found: table.header)
    }
    let others = Self.otherNames.compactMap { header.firstIndex(of: $0) }.filter { $0 != id }
    core = .table(table, id: id, sequence: sequence, others: others)
  }

  /// The next entry, nil at the end.
  public func next() throws(RecordError) -> ReadSequence? {
    switch core {
    case .fasta(let entries): return try entries.next()
    case .table(let table, let id, let sequence, let others):
      switch try table.next() {
      case nil: return nil
      case .refused(let refused, _): return .refused(refused)
      case .row(let row):
        let name = row.fields[id].trimmed
        let letters = row.fields[sequence].trimmed
        for (text, column) in [(name, id), (letters, sequence)] where text.isEmpty {
          return .refused(
            RefusedRecord(
              line: row.line, id: name, reason: .missingValue(column: table.header[column])))
        }
        let names = others.map { row.fields[$0].trimmed }.filter { !$0.isEmpty && $0 != name }
        return .record(SequenceRecord(line: row.line, names: [name] + names, letters: letters))
      }
    }
  }
}
