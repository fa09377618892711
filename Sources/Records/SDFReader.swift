internal import Entities

/// Reads the records of an MDL structure-data file.
///
/// A record ends at a line that begins with `$$$$`. The last one may lack it if it has its
/// `M  END`; else it is refused as truncated. The identifier is the title line, or the property
/// asked for, or a property with a usual name.
final class SDFReader {
  // The header's names are gathered from the first records: from so many at most, and no further
  // than this many bytes.
  private static let headerRecords = 64
  private static let headerBytes = 1 << 20

  private(set) var header: [String] = []
  private(set) var idColumn: Int?

  private var scanner: SDFScanner
  private var ahead: [SDFScanner.Found] = []
  private var nextAhead = 0
  private var failure: RecordError?
  private var columnOf: [String: Int] = [:]
  private let prefersTitle: Bool
  private var rows = 0

  init(
    _ window: ByteWindow, name: String, columns: ColumnSelection, limits: RecordLimits
  ) throws(RecordError) {
    scanner = SDFScanner(window, limit: limits.recordBytes)
    prefersTitle = columns.id == nil
    try lookAhead()
    if ahead.isEmpty { throw failure ?? .empty(source: name) }
    idColumn = try columns.idIndex(in: header, of: name)
  }

  var bytesRead: Int { scanner.bytesRead }
  var totalBytes: Int? { scanner.totalBytes }

  func next() throws(RecordError) -> ReadRecord? {
    if nextAhead < ahead.count {
      let found = ahead[nextAhead]
      nextAhead += 1
      if nextAhead == ahead.count {
        ahead = []
        nextAhead = 0
      }
      return record(found)
    }
    if let failure { throw failure }
    return try scanner.next().map(record)
  }

  /// Reads the first records and makes the header of their properties' names.
  private func lookAhead() throws(RecordError) {
    var bytes = 0
    do throws(RecordError) {
      while ahead.count < Self.headerRecords, bytes < Self.headerBytes,
        let found = try scanner.next()
      {
        ahead.append(found)
        bytes += found.byteCount
        for property in found.properties where columnOf[property.name] == nil {
          guard header.count < TableReader.maximumColumns else { break }
          columnOf[property.name] = header.count
          header.append(property.name)
        }
      }
    } catch {
      failure = error
    }
  }

  private func record(_ found: SDFScanner.Found) -> ReadRecord {
    rows += 1
    var fields = [String](repeating: "", count: header.count)
    var isSet = [Bool](repeating: false, count: header.count)
    var extra: [CompoundRecord.ExtraField] = []
    for property in found.properties {
      if let column = columnOf[property.name], !isSet[column] {
        fields[column] = property.value
        isSet[column] = true
      } else {
        extra.append(property)
      }
    }
    let property = idColumn.map { fields[$0].trimmed } ?? ""
    let title = found.title.trimmed
    let given = prefersTitle && !title.isEmpty ? title : property
    switch found.content {
    case .refused(let reason):
      return .refused(RefusedRecord(line: found.line, id: given, reason: reason), fields: fields)
    case .molBlock(let block):
      return .record(
        CompoundRecord(
          line: found.line, row: rows, id: given.isEmpty ? "row-\(rows)" : given.onOneLine,
          structure: .molBlock(block), fields: fields, extraFields: extra))
    }
  }
}
