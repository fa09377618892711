internal import Entities

/// Reads compounds one after another in bounded memory, from a SMILES file, a table or an SDF.
///
/// A bad record is a value and shifts nothing; see `ReadRecord`. Not for two threads at once.
public final class CompoundReader {
  /// The columns' names, in the order of each record's fields.
  ///
  /// A SMILES file without a header has `smiles`, `id`, then `column_3`, …; a table without one
  /// `column_1`, …. An SDF has the properties of its first records, in order of appearance; what
  /// later records add is in their `extraFields`.
  public let header: [String]

  /// The index of the structure in the header; nil for an SDF.
  public let structureColumn: Int?

  /// The index of the identifier in the header; nil when there is none.
  public let idColumn: Int?

  /// The format that was given or found.
  public let format: RecordFormat

  private enum Core {
    case table(TableReader)
    case smiles(SMILESReader)
    case sdf(SDFReader)
  }

  private let core: Core
  private var failure: RecordError?

  /// Opens a source and reads as far as its first record.
  ///
  /// - Parameter format: nil decides by the name's ending, then by the first lines.
  public convenience init(
    _ source: RecordSource, format: RecordFormat? = nil, columns: ColumnSelection = .automatic,
    limits: RecordLimits = .default
  ) throws(RecordError) {
    var window = try ByteWindow.opening(source)
    let format = try window.format(of: source, given: format)
    try self.init(window, name: source.name, format: format, columns: columns, limits: limits)
  }

  init(
    _ window: ByteWindow, name: String, format: RecordFormat, columns: ColumnSelection,
    limits: RecordLimits
  ) throws(RecordError) {
    self.format = format
    switch format {
    case .csv, .tsv:
      let table = try TableReader(
        window, name: name, format: format, hasHeader: columns.hasHeader ?? true, limits: limits)
      core = .table(table)
      header = table.header
      structureColumn = try columns.structureIndex(in: header, of: name)
      idColumn = try columns.idIndex(in: header, of: name)
    case .smiles:
      let lines = try SMILESReader(window, name: name, columns: columns, limits: limits)
      core = .smiles(lines)
      header = lines.header
      structureColumn = lines.structureColumn
      idColumn = lines.idColumn
    case .sdf:
      let blocks = try SDFReader(window, name: name, columns: columns, limits: limits)
      core = .sdf(blocks)
      header = blocks.header
      structureColumn = nil
      idColumn = blocks.idColumn
    }
  }

  /// The next record, nil at the end.
  ///
  /// Throws when the rest cannot be read; everything before it has been handed out then.
  public func next() throws(RecordError) -> ReadRecord? {
    if let failure { throw failure }
    do throws(RecordError) {
      switch core {
      case .table(let table): return try table.next().map(record)
      case .smiles(let lines): return try lines.next()
      case .sdf(let blocks): return try blocks.next()
      }
    } catch {
      failure = error
      throw error
    }
  }

  /// Bytes taken from the source so far, packed ones where it is gzip; for progress bars.
  public var bytesRead: Int {
    switch core {
    case .table(let table): table.bytesRead
    case .smiles(let lines): lines.bytesRead
    case .sdf(let blocks): blocks.bytesRead
    }
  }

  /// The size of the source, nil for a pipe.
  public var totalBytes: Int? {
    switch core {
    case .table(let table): table.totalBytes
    case .smiles(let lines): lines.totalBytes
    case .sdf(let blocks): blocks.totalBytes
    }
  }

  private func record(_ row: ReadRow) -> ReadRecord {
    switch row {
    // A ragged row's identifier may stand in any column: none is better than a wrong one.
    case .refused(let refused, let fields): return .refused(refused, fields: fields)
    case .row(let row):
      let given = idColumn.map { row.fields[$0].trimmed } ?? ""
      let id = given.isEmpty ? "row-\(row.row)" : given
      let smiles = structureColumn.map { row.fields[$0].trimmed } ?? ""
      guard !smiles.isEmpty else {
        let column = structureColumn.map { header[$0] } ?? ""
        return .refused(
          RefusedRecord(line: row.line, id: id, reason: .missingValue(column: column)),
          fields: row.fields)
      }
      return .record(
        CompoundRecord(
          line: row.line, row: row.row, id: id, structure: .smiles(smiles), fields: row.fields))
    }
  }
}

extension CompoundReader {
  /// A chunk is cut short where its text and fields take about this many bytes.
  static let chunkBytes = 64 << 20

  /// The next `count` records, fewer at the end of the source or where they are very long, nil when
  /// none is left.
  ///
  /// The cuts depend on the content alone, never on how the bytes arrive. When the rest cannot be
  /// read, the records before it are returned first and the error is thrown by the next call.
  public func nextChunk(_ count: Int) throws(RecordError) -> [ReadRecord]? {
    precondition(count > 0, "a chunk needs at least one record, got \(count)")
    var chunk: [ReadRecord] = []
    chunk.reserveCapacity(min(count, 1 << 12))
    var bytes = 0
    while chunk.count < count, bytes < Self.chunkBytes {
      do throws(RecordError) {
        guard let record = try next() else { break }
        bytes += record.approximateBytes
        chunk.append(record)
      } catch {
        if chunk.isEmpty { throw error }
        break
      }
    }
    return chunk.isEmpty ? nil : chunk
  }
}

extension ReadRecord {
  /// Roughly what the record takes in memory.
  fileprivate var approximateBytes: Int {
    switch self {
    case .refused(_, let fields): fields.reduce(64) { $0 + $1.utf8.count + 16 }
    case .record(let record):
      record.fields.reduce(64) { $0 + $1.utf8.count + 16 }
        + record.extraFields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 32 }
        + record.structure.byteCount
    }
  }
}

extension StructureText {
  /// The length of the text in UTF-8.
  fileprivate var byteCount: Int {
    switch self {
    case .smiles(let text), .molBlock(let text): text.utf8.count
    }
  }
}
