import Foundation
import Parallelism
import Provenance

/// Writes the rows of a segment as a file, section after section, each in stretches.
///
/// The same rows give the same bytes.
struct SegmentWriter<Contents: SegmentContents> {
  let contents: Contents
  let bits: Int
  let pool: WorkerPool

  /// Rows held at once; a multiple of the rows in a block of texts.
  private static var stretch: Int { 2_048 }

  private var stretches: [Range<Int>] {
    stride(from: 0, to: contents.rows, by: Self.stretch).map {
      $0..<min($0 + Self.stretch, contents.rows)
    }
  }

  /// Writes the file, whole or not at all.
  func write(to url: URL) throws -> Digest {
    let ids = measure(.identifier)
    let smiles = measure(.structure)
    var origins = EncodedOrigins()
    for rows in stretches { for origin in contents.origins(rows) { origins.append(origin) } }
    let runs = origins.runWords
    let rows = contents.rows
    let header = SegmentHeader(
      rows: rows, bits: bits,
      lengths: [
        (.fingerprints, rows * bits / 8), (.popcounts, rows * 2),
        (.columns, SegmentHeader.columnBytes(rows: rows, bits: bits)), (.columnRows, rows * 4),
        (.columnPopcounts, rows * 2), (.columnFrequencies, bits * 4),
        (.idStarts, ids.starts.count * 4), (.ids, ids.length),
        (.smilesStarts, smiles.starts.count * 4), (.smiles, smiles.length),
        (.idKeys, rows * 8), (.structureKeys, rows * 8),
        (.lines, rows * 4), (.origins, runs.count * 8),
      ])
    var file = try SectionedFile.beginning(at: url, header: header)
    try writeFingerprints(into: &file)
    try writeTexts(.identifier, ids.starts, .idStarts, .ids, into: &file)
    try writeTexts(.structure, smiles.starts, .smilesStarts, .smiles, into: &file)
    for (kind, section) in [
      (SegmentText.identifier, SegmentHeader.Section.idKeys), (.structure, .structureKeys),
    ] {
      try file.begin(section)
      for rows in stretches { try file.append(contents.keys(kind, rows)) }
    }
    try file.begin(.lines)
    try file.append(origins.lines)
    try file.begin(.origins)
    try file.append(runs)
    return try file.commit()
  }

  private func writeFingerprints(into file: inout SectionedFile) throws {
    try file.begin(.fingerprints)
    var popcounts: [UInt16] = []
    for rows in stretches {
      let words = contents.words(rows)
      popcounts += self.popcounts(words)
      try file.append(words)
    }
    try file.begin(.popcounts)
    try file.append(popcounts)
    var columns = ColumnWriter(contents, bits: bits, popcounts: popcounts)
    try file.begin(.columns)
    try columns.forEachPage(stretches, using: pool) { try file.append($0) }
    try file.begin(.columnRows)
    try file.append(columns.rows)
    try file.begin(.columnPopcounts)
    try file.append(columns.popcounts)
    try file.begin(.columnFrequencies)
    try file.append(columns.frequencies)
  }

  private func writeTexts(
    _ kind: SegmentText, _ starts: [UInt32], _ startSection: SegmentHeader.Section,
    _ section: SegmentHeader.Section, into file: inout SectionedFile
  ) throws {
    try file.begin(startSection)
    try file.append(starts)
    try file.begin(section)
    for rows in stretches { try file.append(contents.texts(kind, rows).bytes) }
  }

  private func popcounts(_ words: [UInt64]) -> [UInt16] {
    let wordCount = bits / 64
    return stride(from: 0, to: words.count, by: wordCount).map { start in
      UInt16(words[start..<start + wordCount].reduce(0) { $0 + $1.nonzeroBitCount })
    }
  }

  /// Where the blocks of a column of texts begin, and how long the column is.
  private func measure(_ kind: SegmentText) -> (starts: [UInt32], length: Int) {
    var starts: [UInt32] = []
    var length = 0
    for rows in stretches {
      let texts = contents.texts(kind, rows)
      for row in stride(from: 0, to: rows.count, by: TextColumn.rowsInBlock) {
        starts.append(UInt32(length + texts.start(of: row)))
      }
      length += texts.bytes.count
    }
    starts.append(UInt32(length))
    return (starts, length)
  }
}

/// A segment file being written: sections in the order and of the lengths its header promises.
private struct SectionedFile: ~Copyable {
  private var file: AtomicFile
  private let header: SegmentHeader
  private var position = 0

  private init(_ file: consuming AtomicFile, header: SegmentHeader) {
    self.file = file
    self.header = header
  }

  /// Begins the file with its header.
  static func beginning(at url: URL, header: SegmentHeader) throws -> SectionedFile {
    var file = SectionedFile(try AtomicFile(at: url), header: header)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let json = try encoder.encode(header)
    try file.append(SegmentHeader.magic)
    try file.append([UInt64(json.count)])
    try file.append([UInt8](json))
    precondition(file.position <= SegmentHeader.room, "the segment header outgrew its room")
    return file
  }

  mutating func begin(_ section: SegmentHeader.Section) throws {
    let offset = header.sections[section]?.offset ?? position
    precondition(offset >= position, "section \(section.rawValue) comes too late")
    let gap = offset - position
    if gap > 0 { try append([UInt8](repeating: 0, count: gap)) }
  }

  mutating func append<Number: FixedWidthInteger>(_ numbers: [Number]) throws {
    try append(littleEndian(numbers))
  }

  mutating func append(_ bytes: Data) throws {
    try file.write(bytes)
    position += bytes.count
  }

  consuming func commit() throws -> Digest { try file.commit() }
}
