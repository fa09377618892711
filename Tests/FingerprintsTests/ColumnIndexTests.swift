import Fingerprints
import Foundation
import Parallelism
import Testing

@Suite struct ColumnIndexTests {
  @Test("a mapped index and a joined one answer as the rows do", arguments: [65, 1024, 2048])
  func storageDoesNotMatter(bitCount: Int) throws {
    let table = adversarialFingerprints(bitCount: bitCount, count: 1_300, seed: 5)
    let arena = FingerprintArena(bitCount: bitCount, table)
    // Segments of no, one, almost a block's, a block's and more rows.
    let cuts = [0, 0, 1, 512, 1_024, 1_300]
    let segments = zip(cuts, cuts.dropFirst()).map {
      ColumnIndex(of: FingerprintArena(bitCount: bitCount, table[$0..<$1]))
    }
    let whole = ColumnIndex(of: arena)
    let searched = [
      whole, try MappedIndex(whole).index, ColumnIndex(joining: segments),
      ColumnIndex(joining: try segments.map { try MappedIndex($0).index }),
      ColumnIndex(joining: [ColumnIndex(joining: Array(segments[..<3])), segments[3], segments[4]]),
    ]
    let queries = Array(table.prefix(40))
    let nearest = arena.nearest(toEach: queries, count: 17)
    let close = arena.neighbours(ofEach: queries, threshold: 0.5)
    for index in searched {
      #expect(index.count == 1_300)
      for kernel in KernelKind.available {
        #expect(index.nearest(toEach: queries, count: 17, kernel: kernel) == nearest)
        #expect(index.neighbours(ofEach: queries, threshold: 0.5, kernel: kernel) == close)
      }
      for threads in [2, 3] {
        let pool = WorkerPool(threads: threads)
        #expect(index.nearest(toEach: queries, count: 17, using: pool) == nearest)
        #expect(index.nearest(to: queries[9], count: 17, using: pool) == nearest[9])
        #expect(index.neighbours(of: queries[9], threshold: 0.5, using: pool) == close[9])
      }
    }
  }

  @Test func `ties cross segments in the order of rows`() {
    let same = Fingerprint(bitCount: 64, setBits: [1, 2, 3])
    let segment = ColumnIndex(of: FingerprintArena(bitCount: 64, [same, same, same]))
    let index = ColumnIndex(joining: [segment, segment, segment])
    #expect(index.nearest(to: same, count: 5).map(\.row) == [0, 1, 2, 3, 4])
    #expect(index.neighbours(of: same, threshold: 1).map(\.row) == Array(0..<9))
  }

  @Test func `stored sections come back as they were`() throws {
    let table = adversarialFingerprints(bitCount: 167, count: 700, seed: 6)
    let index = ColumnIndex(of: FingerprintArena(bitCount: 167, table))
    let sections = index.sections
    #expect(sections.lines.count == 167 * 2 * 64)
    #expect(sections.rows.count == 4 * 700)
    #expect(sections.popcounts.count == 2 * 700)
    #expect(sections.frequencies.count == 4 * 167)
    #expect(try MappedIndex(index).index.sections == sections)
    // The first place has the least popcount; bit 3 of its row stands at the start of line 2 × 3.
    let row = Int(sections.rows[0]) + Int(sections.rows[1]) << 8
    #expect(table[row].popcount == table.map(\.popcount).min())
    #expect((0..<167).allSatisfy { sections.lines[$0 * 128] & 1 == (table[row][$0] ? 1 : 0) })
    let frequencies = (0..<167).map { bit in table.count { $0[bit] } }
    #expect(
      frequencies
        == (0..<167).map {
          Int(sections.frequencies[4 * $0]) + Int(sections.frequencies[4 * $0 + 1]) << 8
        })
  }

  @Test func `an index whose file is not in memory answers the same, read ahead or not`() throws {
    // Nine pages, so that some are ahead.
    let table = adversarialFingerprints(bitCount: 64, count: 300, seed: 7)
    let arena = FingerprintArena(
      bitCount: 64, (0..<9 * 32_768 - 300).map { table[$0 * 31 % 300] })
    let whole = ColumnIndex(of: arena)
    let queries = Array(table.prefix(24))
    let request = SimilarityRequest(queries: queries, goal: .nearest(9))
    let expected = whole.search(request, using: WorkerPool(threads: 1))
    for threads in [1, 2] {
      #expect(
        try MappedIndex(whole).index.search(request, using: WorkerPool(threads: threads))
          == expected)
    }
    #expect(try MappedIndex(whole).index.nearest(to: queries[9], count: 9) == expected[9])
  }

  @Test("any bytes can be searched without harm", arguments: 0..<6)
  func randomBytes(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let (bitCount, count) = ([65, 200, 1024][Int(seed % 3)], [1, 511, 1_500][Int(seed / 2)])
    let table = adversarialFingerprints(bitCount: bitCount, count: count, seed: seed)
    let size = try MappedIndex(ColumnIndex(of: FingerprintArena(bitCount: bitCount, table))).size
    let noise = Data((0..<size).map { _ in UInt8.random(in: 0...255, using: &generator) })
    let index = try MappedIndex(bitCount: bitCount, count: count, bytes: noise).index
    let joined = ColumnIndex(joining: [index, index])
    for query in table.prefix(9) + [Fingerprint(bitCount: bitCount, setBits: 0..<bitCount)] {
      for metric in SearchTests.metrics {
        for kernel in KernelKind.available {
          for searched in [index, joined] {
            let found = searched.neighbours(of: query, threshold: 0, by: metric, kernel: kernel)
            #expect(found.allSatisfy { (0..<searched.count).contains($0.row) })
            _ = searched.nearest(to: query, count: 20, by: metric, kernel: kernel)
            _ = searched.neighbours(of: query, threshold: 0.3, by: metric, kernel: kernel)
          }
        }
      }
    }
  }

  @Test func `sections that do not fit the file are refused`() throws {
    let table = adversarialFingerprints(bitCount: 65, count: 20, seed: 4)
    let stored = try MappedIndex(ColumnIndex(of: FingerprintArena(bitCount: 65, table)))
    func open(
      bits: Int = 65, count: Int = 20, lines: Int = 0, rows: Int = 0, popcounts: Int = 0,
      frequencies: Int = 0
    ) throws {
      _ = try ColumnIndex(
        mapping: stored.bytes, bitCount: bits, count: count, linesAt: stored.starts[0] + lines,
        rowsAt: stored.starts[1] + rows, popcountsAt: stored.starts[2] + popcounts,
        frequenciesAt: stored.starts[3] + frequencies)
    }
    #expect(throws: Never.self) { try open() }
    let refused: [() throws -> Void] = [
      { try open(bits: 0) }, { try open(bits: 70_000) }, { try open(count: -1) },
      { try open(count: 1 << 40) }, { try open(count: Int(UInt32.max)) }, { try open(lines: 8) },
      { try open(lines: -4096) }, { try open(lines: 1 << 62) }, { try open(rows: 4) },
      { try open(rows: 1 << 20) }, { try open(popcounts: 2) }, { try open(popcounts: 1 << 20) },
      { try open(frequencies: 8) }, { try open(frequencies: -Int.max) },
    ]
    for attempt in refused { #expect(throws: FingerprintRows.LayoutError.self) { try attempt() } }
  }
}

/// An index stored in a temporary file, with 4 KiB between the sections' starts, and mapped again.
struct MappedIndex {
  let index: ColumnIndex
  let bytes: MappedBytes
  let starts: [Int]
  var size: Int { bytes.count }
  init(_ index: ColumnIndex) throws {
    let sections = index.sections
    var bytes = Data()
    for section in [sections.lines, sections.rows, sections.popcounts, sections.frequencies] {
      bytes.append(section)
      bytes.append(Data(count: (4096 - bytes.count % 4096) % 4096))
    }
    // The last section ends with the file.
    bytes.removeLast(
      (4096 - sections.frequencies.count % 4096) % 4096)
    try self.init(bitCount: index.bitCount, count: index.count, bytes: bytes)
  }

  init(bitCount: Int, count: Int, bytes: Data) throws {
    var starts = [0]
    for size in [bitCount * ((count + 511) / 512) * 64, 4 * count, 2 * count] {
      starts.append((starts[starts.count - 1] + size + 4095) / 4096 * 4096)
    }
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try bytes.write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    // Out of memory, as far as the system follows the advice.
    let handle = try FileHandle(forUpdating: url)
    try handle.synchronize()
    posix_fadvise(handle.fileDescriptor, 0, 0, POSIX_FADV_DONTNEED)
    self.bytes = try MappedBytes(path: url.path)
    self.starts = starts
    index = try ColumnIndex(
      mapping: self.bytes, bitCount: bitCount, count: count, linesAt: starts[0], rowsAt: starts[1],
      popcountsAt: starts[2], frequenciesAt: starts[3])
  }
}
