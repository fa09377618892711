import Foundation
import Parallelism
import Provenance

/// Writes the rows of a segment as a file, section after section, each in stretches.
///
/// The same rows give the same bytes.
struct SegmentWriter<Contents: SegmentContents> {
  let contents: Contents
  let pool: WorkerPool

  /// Writes the file, whole or not at all.
  func write(to url: URL) throws -> Digest {
    let ids = measure(.identifier)
    let smiles = measure(.structure)
    var origins = EncodedOrigins()
    contents.forEachStretch { rows, contents in
      for origin in contents.origins(rows) { origins.append(origin) }
    }
    let runs = origins.runWords
    let (rows, bits) = (contents.rows, contents.bits)
    var lengths: [(SegmentHeader.Section, Int)] = [
      (.fingerprints, rows * bits / 8), (.popcounts, rows * 2),
      (.columns, SegmentHeader.columnBytes(rows: rows, bits: bits)), (.columnRows, rows * 4),
      (.columnPopcounts, rows * 2), (.columnFrequencies, bits * 4),
      (.idStarts, ids.starts.count * 4), (.ids, ids.length),
      (.smilesStarts, smiles.starts.count * 4), (.smiles, smiles.length),
      (.idKeys, rows * 4), (.structureKeys, rows * 4),
      (.lines, rows * 4), (.origins, runs.count * 8),
    ]
    if let bits = contents.patternBits {
      lengths += [
        (.patternColumns, SegmentHeader.columnBytes(rows: rows, bits: bits)),
        (.patternColumnRows, rows * 4), (.patternColumnPopcounts, rows * 2),
        (.patternColumnFrequencies, bits * 4),
      ]
    }
    let header = SegmentHeader(
      rows: rows, bits: bits, patternBits: contents.patternBits, lengths: lengths)
    var file = try SectionedFile.beginning(at: url, header: header)
    try writeFingerprints(into: &file)
    try writeTexts(.identifier, ids.starts, .idStarts, .ids, into: &file)
    try writeTexts(.structure, smiles.starts, .smilesStarts, .smiles, into: &file)
    for (kind, section) in [
      (SegmentText.identifier, SegmentHeader.Section.idKeys), (.structure, .structureKeys),
    ] {
      try file.begin(section)
      try contents.forEachStretch { rows, contents in
        try file.append(contents.keys(kind, rows))
      }
    }
    try file.begin(.lines)
    try file.append(origins.lines)
    try file.begin(.origins)
    try file.append(runs)
    try writePatterns(into: &file)
    return try file.commit()
  }

  private func writeFingerprints(into file: inout SectionedFile) throws {
    try file.begin(.fingerprints)
    var popcounts: [UInt16] = []
    try contents.forEachStretch { rows, contents in
      let words = contents.words(rows)
      popcounts += self.popcounts(words, bits: contents.bits)
      try file.append(words)
    }
    try file.begin(.popcounts)
    try file.append(popcounts)
    try write(
      ColumnWriter(bits: contents.bits, popcounts: popcounts),
      [.columns, .columnRows, .columnPopcounts, .columnFrequencies], into: &file
    ) { body in
      contents.forEachStretch { rows, contents in body(rows.map { $0 }, contents.words(rows)) }
    }
  }

  private func writePatterns(into file: inout SectionedFile) throws {
    guard let bits = contents.patternBits else { return }
    var popcounts = [UInt16](repeating: 0, count: contents.rows)
    contents.forEachPattern { rows, words in
      for (row, popcount) in zip(rows, self.popcounts(words, bits: bits)) {
        if let row { popcounts[row] = popcount }
      }
    }
    try write(
      ColumnWriter(bits: bits, popcounts: popcounts),
      [
        .patternColumns, .patternColumnRows, .patternColumnPopcounts, .patternColumnFrequencies,
      ], into: &file, of: contents.forEachPattern)
  }

  private func write(
    _ writer: ColumnWriter, _ sections: [SegmentHeader.Section], into file: inout SectionedFile,
    of rows: ColumnWriter.Rows
  ) throws {
    var columns = writer
    try file.begin(sections[0])
    try columns.forEachPage(of: rows, using: pool) { try file.append($0) }
    try file.begin(sections[1])
    try file.append(columns.rows)
    try file.begin(sections[2])
    try file.append(columns.popcounts)
    try file.begin(sections[3])
    try file.append(columns.frequencies)
  }

  private func writeTexts(
    _ kind: SegmentText, _ starts: [UInt32], _ startSection: SegmentHeader.Section,
    _ section: SegmentHeader.Section, into file: inout SectionedFile
  ) throws {
    try file.begin(startSection)
    try file.append(starts)
    try file.begin(section)
    try contents.forEachStretch { rows, contents in
      try file.append(contents.texts(kind, rows).bytes)
    }
  }

  private func popcounts(_ words: [UInt64], bits: Int) -> [UInt16] {
    let wordCount = bits / 64
    return stride(from: 0, to: words.count, by: wordCount).map { start in
      UInt16(words[start..<start + wordCount].reduce(0) { $0 + $1.nonzeroBitCount })
    }
  }

  /// Where the blocks of a column of texts begin, and how long the column is.
  private func measure(_ kind: SegmentText) -> (starts: [UInt32], length: Int) {
    var starts: [UInt32] = []
    var length = 0
    contents.forEachStretch { rows, contents in
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
