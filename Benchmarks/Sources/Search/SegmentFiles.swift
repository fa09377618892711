import Fingerprints
import Foundation
import Parallelism

/// The columns of a library in a folder, a file for each segment and one that says how many rows
/// there are: what a library's segments hold for a search, without the rest of them.
struct SegmentFiles {
  /// What the folder says of itself; written last, so that half a library is none.
  private struct Manifest: Codable {
    let count: Int
    let segmentRows: Int
  }

  let folder: URL

  init(at path: String) { folder = URL(filePath: path, directoryHint: .isDirectory) }

  /// Writes the segments of `count` rows, each made and turned alone.
  func write(_ copies: FlippedCopies, count: Int, segmentRows: Int, using pool: WorkerPool) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let segments = (count + segmentRows - 1) / segmentRows
    let results = pool.map(segments) { number in
      Result {
        let rows = number * segmentRows..<min((number + 1) * segmentRows, count)
        var arena = FingerprintArena(bitCount: RowFile.bitCount)
        arena.reserveCapacity(rows.count)
        for row in rows { arena.append(copies.row(row)) }
        try write(ColumnIndex(of: arena).sections, number: number)
      }
    }
    for result in results { try result.get() }
    let manifest = Manifest(count: count, segmentRows: segmentRows)
    try JSONEncoder().encode(manifest).write(to: folder.appending(path: "columns.json"))
  }

  /// Maps all segments as one index.
  func index() throws -> ColumnIndex {
    let manifest = try JSONDecoder().decode(
      Manifest.self, from: Data(contentsOf: folder.appending(path: "columns.json")))
    let starts = stride(from: 0, to: manifest.count, by: manifest.segmentRows)
    return ColumnIndex(
      joining: try starts.enumerated().map { number, start in
        let count = min(manifest.segmentRows, manifest.count - start)
        let layout = Layout(count: count)
        return try ColumnIndex(
          mapping: MappedBytes(path: file(number).path(percentEncoded: false)),
          bitCount: RowFile.bitCount, count: count, linesAt: layout.linesAt, rowsAt: layout.rowsAt,
          popcountsAt: layout.popcountsAt, frequenciesAt: layout.frequenciesAt)
      })
  }

  private func file(_ number: Int) -> URL { folder.appending(path: "\(number).columns") }

  private func write(_ sections: ColumnSections, number: Int) throws {
    let file = file(number)
    _ = FileManager.default.createFile(atPath: file.path(percentEncoded: false), contents: nil)
    let handle = try FileHandle(forWritingTo: file)
    let layout = Layout(count: sections.popcounts.count / 2)
    let places = [
      (layout.linesAt, sections.lines), (layout.rowsAt, sections.rows),
      (layout.popcountsAt, sections.popcounts), (layout.frequenciesAt, sections.frequencies),
    ]
    for (offset, bytes) in places {
      try handle.seek(toOffset: UInt64(offset))
      try handle.write(contentsOf: bytes)
    }
    try handle.close()
  }

  /// Where the sections of a segment lie in its file.
  private struct Layout {
    let linesAt = 0
    let rowsAt: Int
    let popcountsAt: Int
    let frequenciesAt: Int

    init(count: Int) {
      // A line of 64 bytes for each bit and each 512 rows.
      rowsAt = (count + 511) / 512 * 64 * RowFile.bitCount
      popcountsAt = rowsAt + (4 * count + 7) / 8 * 8
      frequenciesAt = popcountsAt + (2 * count + 7) / 8 * 8
    }
  }
}
