import CompoundLibrary
import Fingerprints
import Foundation

/// Opening a compound library, and what it finds for queries made elsewhere.
struct LibrarySpeed {
  private let folder: URL
  private let queries: [Fingerprint]
  private static let neighbours = 10

  init(library path: String, queries packed: String) throws {
    folder = URL(filePath: path, directoryHint: .isDirectory)
    let words = try PackedFile.read(packed)
    queries = stride(from: 0, to: words.count, by: PackedFile.width).map {
      Fingerprint(
        bitCount: PackedFile.width * 64, words: Array(words[$0..<$0 + PackedFile.width]))
    }
  }

  /// The time until the library could be asked; the count is its rows.
  func measure() throws -> Report {
    let (opening, result) = Report.timing(1) { Result { try Library(at: folder) } }
    let library = try result.get()
    var report = Report(count: library.rows)
    (report.wall, report.cpu) = (opening.wall, opening.cpu)
    let (first, _) = Report.timing(1) {
      library.columns.nearest(to: queries[0], count: Self.neighbours)
    }
    let scores = queries.reduce(0) { sum, query in
      library.columns.nearest(to: query, count: Self.neighbours)
        .reduce(sum) { $0 + $1.similarity }
    }
    report.checks = [
      "segments": Double(library.segments.count), "scores": scores, "first answer": first.wall,
    ]
    return report
  }
}
