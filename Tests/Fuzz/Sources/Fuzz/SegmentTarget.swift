import Fingerprints
import Foundation
import Molecules
import Parallelism

@testable import CompoundLibrary

/// The reader of a library's segments: everything in an opened one is read and searched.
enum SegmentTarget: FuzzTarget {
  static let name = "segment"

  private static let file = FileManager.default.temporaryDirectory
    .appending(path: "osong-fuzz-\(ProcessInfo.processInfo.processIdentifier).seg")

  static func seeds() throws -> [[UInt8]] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "osong-fuzz-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    let text = (1...20).map { "\(String(repeating: "C", count: $0))O compound\($0)\n" }.joined()
    _ = try LibraryBuilder(
      at: folder, options: LibraryOptions(segmentRows: 12), pool: WorkerPool(threads: 1)
    ).build(from: [.bytes(Array(text.utf8))])
    let library = try Library(at: folder)
    return try library.segments.map { Array(try Data(contentsOf: $0.url)) }
  }

  static func take(_ bytes: [UInt8]) {
    guard (try? Data(bytes).write(to: file)) != nil, let segment = try? Segment(at: file),
      segment.rows <= 10_000
    else { return }
    for row in 0..<segment.rows {
      _ = segment.id(row)
      _ = segment.smiles(row)
      _ = segment.origin(row)
    }
    _ = segment.keys(.identifier, 0..<segment.rows)
    _ = segment.words(0..<segment.rows)
    let width = segment.fingerprints.bitCount
    let queries = [
      Fingerprint(bitCount: width), Fingerprint(bitCount: width, setBits: 0..<min(40, width)),
    ]
    for goal in [SimilarityRequest.Goal.nearest(3), .atLeast(0.5), .atLeast(0)] {
      let request = SimilarityRequest(queries: queries, goal: goal)
      _ = segment.columns.search(request, using: WorkerPool(threads: 1))
      _ = segment.fingerprints.search(request, using: WorkerPool(threads: 1))
    }
  }
}
