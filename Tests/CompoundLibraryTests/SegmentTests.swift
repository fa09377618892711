import Featurization
import Fingerprints
import Foundation
import Molecules
import Parallelism
import TestSupport
import Testing

@testable import CompoundLibrary

@Suite struct SegmentTests {
  private let scratch: ScratchFolder
  private let folder: URL

  init() throws {
    scratch = try ScratchFolder()
    folder = scratch.url.appending(path: "l.olib")
  }

  @Test func `the stored columns are those of the stored rows`() throws {
    let (library, _) = try build(text: MadeUpCompounds.lines(700), at: folder, smallSegments(600))
    for segment in library.segments {
      let expected = ColumnIndex(of: segment.fingerprints).sections
      #expect(try section(.columns, of: segment) == expected.lines)
      #expect(try section(.columnRows, of: segment) == expected.rows)
      #expect(try section(.columnPopcounts, of: segment) == expected.popcounts)
      #expect(try section(.columnFrequencies, of: segment) == expected.frequencies)
    }
  }

  @Test func `columns written in several batches are those of the whole table`() throws {
    // A hundred and fifty thousand narrow rows: five pages, two batches.
    var random = SplitMix(state: 5)
    var arena = FingerprintArena(bitCount: 64)
    var words: [UInt64] = []
    for _ in 0..<150_000 {
      words.append(random.next() & random.next())
      arena.append([words[words.count - 1]])
    }
    var writer = ColumnWriter(
      bits: 64, popcounts: words.map { UInt16($0.nonzeroBitCount) })
    var lines = Data()
    writer.forEachPage(
      of: { body in
        for start in stride(from: 0, to: words.count, by: 10_000) {
          body((start..<start + 10_000).map { $0 }, Array(words[start..<start + 10_000]))
        }
      }, using: WorkerPool(threads: 2)
    ) { lines.append($0) }
    let expected = ColumnIndex(of: arena).sections
    #expect(lines == expected.lines)
    #expect(littleEndian(writer.rows) == expected.rows)
    #expect(littleEndian(writer.popcounts) == expected.popcounts)
    #expect(littleEndian(writer.frequencies) == expected.frequencies)
  }

  private func section(_ section: SegmentHeader.Section, of segment: Segment) throws -> Data {
    let extent = try #require(segment.header.sections[section])
    return Data(segment.bytes.bytes(in: extent.offset..<extent.offset + extent.length))
  }

  @Test func `pattern columns screen for substructures, also after a compaction`() throws {
    var options = smallSegments(40)
    options.substructureScreen = true
    try build(text: MadeUpCompounds.lines(150), at: folder, options)
    let editor = LibraryEditor(at: folder, pool: WorkerPool(threads: 2))
    _ = try editor.remove((0..<150).filter { $0 % 7 == 3 }.map { "M\($0)" })
    try check(try Library(at: folder))
    _ = try editor.compact()
    let compact = try Library(at: folder)
    #expect(compact.segments.count == 1)
    try check(compact)
    // What a compaction turned back to rows and round again is what a build would have written.
    let whole = scratch.url.appending(path: "whole.olib")
    let kept = (0..<150).filter { $0 % 7 != 3 }
    let text = kept.map { "\(MadeUpCompounds.smiles($0 * 7 % MadeUpCompounds.count)) M\($0)\n" }
    options.segmentRows = 400
    let (built, _) = try build(text: text.joined(), at: whole, options)
    for part in SegmentHeader.Section.allCases where part.isOfPatterns {
      #expect(
        try section(part, of: compact.segments[0]) == section(part, of: built.segments[0]))
    }
  }

  /// Every row that has the bits of the query is found by the columns, and no other.
  private func check(_ library: Library) throws {
    let columns = try #require(library.patternColumns)
    #expect(columns.count == library.rows && columns.bitCount == 2_048)
    let pattern = try SubstructurePattern(smarts: "c1ccccc1C(=O)N")
    let query = Fingerprint(
      bitCount: 2_048, words: try pattern.patternFingerprintWords(bits: 2_048))
    let found = columns.neighbours(
      of: query, threshold: 1, by: .tversky(alpha: 1, beta: 0),
      where: { !library.isDeleted($0) })
    let expected = try (0..<library.rows).filter { row in
      if library.isDeleted(row) { return false }
      let structure = try Structure(parsing: library.smiles(row))
      let words = try structure.patternFingerprintWords(bits: 2_048)
      return query.intersection(with: Fingerprint(bitCount: 2_048, words: words)) == query.popcount
    }
    #expect(found.map(\.row).sorted() == expected)
    #expect(!expected.isEmpty && expected.count < library.count / 2)
  }

  @Test func `without the option there are no pattern columns, and none may be missing`() throws {
    let (library, _) = try build(text: MadeUpCompounds.lines(10), at: folder)
    #expect(library.patternColumns == nil)
    let screening = scratch.url.appending(path: "s.olib")
    var options = smallSegments()
    options.substructureScreen = true
    let (other, _) = try build(text: MadeUpCompounds.lines(10), at: screening, options)
    let mixed = screening.appending(path: other.segments[0].fileName)
    try Data(contentsOf: folder.appending(path: library.segments[0].fileName)).write(to: mixed)
    #expect(throws: LibraryError.self) { try Library(at: screening, verifying: .nothing) }
  }

  @Test func `texts of any length and kind come back`() throws {
    let names = [
      "a", String(repeating: "long", count: 40), String(repeating: "longer", count: 5_000), "ä€𝄞",
    ]
    let lines = (0..<100).map { "\(MadeUpCompounds.smiles($0)) \(names[$0 % 4])\($0)\n" }
    let (library, _) = try build(text: lines.joined(), at: folder, smallSegments(70))
    #expect(library.ids == (0..<100).map { "\(names[$0 % 4])\($0)" })
    let encoded = library.segments[0].texts(.identifier).encoded(17..<66)
    #expect(encoded.count == 49)
  }

  @Test func `the origin of a row is known over several inputs and long gaps`() {
    var origins = EncodedOrigins()
    let expected = [
      RecordOrigin(input: 0, line: 1), RecordOrigin(input: 0, line: 900),
      RecordOrigin(input: 0, line: 900 + 1 << 33), RecordOrigin(input: 2, line: 5),
      RecordOrigin(input: 2, line: 4), RecordOrigin(input: 2, line: 4),
    ]
    for origin in expected { origins.append(origin) }
    #expect(origins.lines == [0, 899, 0, 0, 0, 0])
    #expect(origins.runWords.count == 8)
  }

  @Test func `sizes add up to the files, part by part`() throws {
    let (library, _) = try build(text: MadeUpCompounds.lines(250), at: folder)
    let sizes = library.sizes
    let files = try files(in: folder).filter {
      $0.key.hasSuffix(".seg") || $0.key.hasSuffix(".bits")
    }
    #expect(sizes.total == files.values.reduce(0) { $0 + $1.count })
    #expect(sizes.parts.first { $0.name == "fingerprints" }?.bytes == 250 * 256)
    #expect(sizes.searched < sizes.total)
  }
}
