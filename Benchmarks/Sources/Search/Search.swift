import Fingerprints
import Foundation
import Parallelism

/// Our side of the comparison of similarity searches; `suites/similarity.py` gives the orders.
@main
struct Search {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch (arguments.first, arguments.count) {
    case ("grow", 4):
      guard let count = Int(arguments[2]) else { usage() }
      let copies = FlippedCopies(originals: try RowFile.bareRows(at: arguments[1]))
      try RowFile.write(count, to: arguments[3], piece: copies.rows)
    case ("columns", 3):
      let meter = Meter()
      let rows = try RowFile.rows(at: arguments[1])
      let index = ColumnIndex(of: rows, using: WorkerPool(threads: 2))
      try answer(index, rows, queries: arguments[2], loading: meter)
    case ("rows", 3):
      let meter = Meter()
      let rows = try RowFile.rows(at: arguments[1])
      try answer(rows, rows, queries: arguments[2], loading: meter)
    default: usage()
    }
  }

  private static func answer(
    _ table: some SimilaritySearchable, _ rows: FingerprintRows, queries path: String,
    loading meter: Meter
  ) throws {
    let queries = try RowFile.rows(at: path)
    try OrderLoop(table: table, rows: rows, queries: queries).run(loading: meter)
  }

  private static func usage() -> Never {
    print(
      """
      usage: Search grow PACKED COUNT ROWS     a library of COUNT rows: real ones, then copies
             Search columns ROWS QUERIES       answer orders by columns
             Search rows ROWS QUERIES          answer orders row by row
      """)
    exit(2)
  }
}
