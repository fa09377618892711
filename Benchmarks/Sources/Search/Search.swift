import Fingerprints
import Foundation
import Parallelism

/// Our side of the comparison of similarity searches; `suites/similarity.py` gives the orders.
@main
struct Search {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch (arguments.first, arguments.count) {
    case ("rows", 4):
      guard let count = Int(arguments[2]) else { usage() }
      try RowFile.write(copies(of: arguments[1]), count: count, to: arguments[3])
    case ("segments", 5):
      guard let count = Int(arguments[2]), let segmentRows = Int(arguments[3]) else { usage() }
      try SegmentFiles(at: arguments[4]).write(
        copies(of: arguments[1]), count: count, segmentRows: segmentRows,
        using: WorkerPool(threads: 2))
    case ("by-columns", 3):
      let meter = Meter()
      try answer(SegmentFiles(at: arguments[1]).index(), queries: arguments[2], loading: meter)
    case ("by-rows", 3):
      let meter = Meter()
      try answer(RowFile.rows(at: arguments[1]), queries: arguments[2], loading: meter)
    default: usage()
    }
  }

  private static func copies(of path: String) throws -> FlippedCopies {
    FlippedCopies(originals: try RowFile.bareRows(at: path))
  }

  private static func answer(
    _ table: some SimilaritySearchable, queries path: String, loading meter: Meter
  ) throws {
    try OrderLoop(table: table, queries: RowFile.rows(at: path)).run(loading: meter)
  }

  private static func usage() -> Never {
    print(
      """
      usage: Search rows PACKED COUNT ROWS              a library of rows: real ones, then copies
             Search segments PACKED COUNT ROWS FOLDER   the same by columns, ROWS a segment
             Search by-columns FOLDER QUERIES           answer orders by columns
             Search by-rows ROWS QUERIES                answer orders row by row
      """)
    exit(2)
  }
}
