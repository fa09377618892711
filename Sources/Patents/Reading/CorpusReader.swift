public import Entities
public import Records

/// How many rows of one input went where.
public struct CorpusInputCounts: Codable, Hashable, Sendable {
  /// Rows read.
  public var rows = 0
  /// Rows that were taken.
  public var taken = 0
  /// Refused rows by the refusal's code; with those taken they are all rows.
  public var refused: [String: Int] = [:]

  /// No rows.
  public init() {}
}

/// Reads the tables of a patent corpus row by row, whatever their layout.
public struct CorpusReader {
  /// Columns named by the caller.
  public var columns = StructureColumns()
  /// The day up to which the corpus goes: later publications are impossible.
  public var upTo: PatentDate?
  /// Takes what rows say.
  public var take: (CorpusItem) throws -> Void
  /// Told of every row that is refused.
  public var refuse: (RefusedRecord) throws -> Void
  /// Told of everything that was left out of a row.
  public var mark: (CorpusMark) -> Void
  /// Told from time to time of the share of bytes that were read; may throw to stop.
  public var progress: (_ share: Double?) throws -> Void = { _ in }

  /// What is listed in the Orange Book's files read so far.
  public private(set) var orangeBook = OrangeBook()

  /// Prepares a reader.
  public init(
    take: @escaping (CorpusItem) throws -> Void,
    refuse: @escaping (RefusedRecord) throws -> Void, mark: @escaping (CorpusMark) -> Void
  ) {
    self.take = take
    self.refuse = refuse
    self.mark = mark
  }

  /// Reads one table from its first row to its last.
  /// - Returns: its layout, and how many rows went where.
  public mutating func read(
    _ source: RecordSource
  ) throws -> (layout: PatentLayout, counts: CorpusInputCounts) {
    let beginning = try Self.beginning(of: source)
    if beginning.starts(with: Array("PAR1".utf8)) {
      throw PatentError.unsupported(source: source.name, format: "Parquet")
    }
    let first = beginning.prefix { $0 != 0x0A && $0 != 0x0D }
    return first.contains(0x7E) ? try readTilde(source) : try readTable(source, first)
  }

  private static func beginning(of source: RecordSource) throws -> [UInt8] {
    // Standard input can be read once only; its layout is told by its header alone.
    if case .standardInput = source { return [] }
    return Array((try RecordBytes(source).next() ?? []).prefix(1 << 16))
  }

  private mutating func readTable(
    _ source: RecordSource, _ first: ArraySlice<UInt8>
  ) throws -> (PatentLayout, CorpusInputCounts) {
    let format: RecordFormat? = first.isEmpty ? nil : first.contains(0x09) ? .tsv : .csv
    // Old map files have no header: their first row is one of SureChEMBL's compounds.
    let isBare = first.starts(with: Array("SCHEMBL".utf8)) && !first.starts(with: Self.mapStart)
    let table = try TableReader(source, format: format, hasHeader: !isBare)
    let header = TableColumns(isBare ? Self.mapHeader : table.header)
    guard let layout = PatentLayout(header, chosen: columns) else {
      throw PatentError.unknownLayout(source: source.name, columns: table.header)
    }
    let reader: any RowReader =
      switch layout {
      case .structureRows: StructureRowReader(header, columns)
      case .compounds: CompoundRowReader(header)
      case .patents: PatentRowReader(header)
      case .links: LinkRowReader(header)
      case .publications, .applications, .applicationClasses: ApplicationRowReader(header)
      default: DocumentRowReader(header)
      }
    var counts = CorpusInputCounts()
    let output = output()
    while let row = try table.next() {
      counts.rows += 1
      switch row {
      case .refused(let refused, _): try refuse(refused, &counts)
      case .row(let row):
        do {
          try reader.read(RowFields(line: row.line, fields: row.fields), output)
          counts.taken += 1
        } catch let refusal as RowRefusal {
          try refuse(
            RefusedRecord(line: row.line, id: refusal.id, reason: refusal.reason), &counts)
        }
      }
      if counts.rows % 4_096 == 0 {
        try progress(table.totalBytes.map { Double(table.bytesRead) / Double(max($0, 1)) })
      }
    }
    return (layout, counts)
  }

  private static let mapStart = Array("SCHEMBL_ID".utf8)
  private static let mapHeader = [
    "SCHEMBL_ID", "SMILES", "INCHI_KEY", "CORPUS_FREQUENCY", "PATENT_ID", "PUBLICATION_DATE",
    "FIELD", "FIELD_FREQUENCY",
  ]

  private func refuse(_ record: RefusedRecord, _ counts: inout CorpusInputCounts) throws {
    counts.refused[record.reason.code, default: 0] += 1
    try refuse(record)
  }

  /// What readers write to: facts pass the check against the corpus' own day.
  private func output() -> RowOutput {
    let (take, mark, upTo) = (take, mark, upTo)
    return RowOutput(
      take: { item in
        guard case .facts(let document, var facts) = item, let upTo,
          let published = facts.published, published > upTo
        else { return try take(item) }
        mark(.afterCorpus)
        facts.published = nil
        try take(.facts(document, facts))
      }, mark: mark)
  }

  private mutating func readTilde(
    _ source: RecordSource
  ) throws -> (PatentLayout, CorpusInputCounts) {
    let rows = try TildeRows(source)
    let names = try rows.next() ?? []
    let columns = TableColumns(names)
    guard let layout = PatentLayout(columns),
      [.orangeBookPatents, .orangeBookProducts, .orangeBookExclusivity].contains(layout)
    else { throw PatentError.unknownLayout(source: source.name, columns: names) }
    var counts = CorpusInputCounts()
    let output = output()
    while let fields = try rows.next() {
      counts.rows += 1
      guard fields.count == names.count else {
        let reason: Refusal =
          fields.isEmpty
          ? .notText : .wrongFieldCount(expected: names.count, found: fields.count)
        try refuse(RefusedRecord(line: rows.line, reason: reason), &counts)
        continue
      }
      do {
        try orangeBook.take(
          RowFields(line: rows.line, fields: fields), layout, columns, output)
        counts.taken += 1
      } catch let refusal as RowRefusal {
        try refuse(
          RefusedRecord(line: rows.line, id: refusal.id, reason: refusal.reason), &counts)
      }
    }
    return (layout, counts)
  }
}
