import Foundation
import Testing

@testable import Records

@Suite struct TableRoundTripTests {
  /// A text made of what is hard to write and to read.
  private static func text(_ generator: inout SplitMix) -> String {
    let parts = [
      "a", "CCO", ",", "\t", "\"", "\"\"", "\n", "\r\n", "\r", " ", "µ", "🧪", "\u{FEFF}", "#", ";",
      "$$$$", "\u{2028}", "e\u{301}",
    ]
    return (0..<Int.random(in: 0...6, using: &generator))
      .map { _ in parts[Int.random(in: parts.indices, using: &generator)] }.joined()
  }

  @Test(arguments: 0..<40, [RecordFormat.csv, .tsv])
  func `a random table comes back as it was, however its bytes arrive`(
    seed: Int, format: RecordFormat
  ) throws {
    var generator = SplitMix(seed: UInt64(seed))
    let columns = Int.random(in: 1...5, using: &generator)
    let count = Int.random(in: 1...30, using: &generator)
    let table = (0...count).map { _ in (0..<columns).map { _ in Self.text(&generator) } }
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "table").path()
      let writer = try DelimitedWriter(to: .file(path), format: format, header: table[0])
      for row in table.dropFirst() { try writer.write(row) }
      try writer.finish()
      let bytes = Array(try Data(contentsOf: URL(filePath: path)))
      for pieces in Pieces.allCases {
        let source = MemorySource(bytes, pieceSize: pieces.size)
        let reader = try TableReader(
          try ByteWindow.opening(source, name: "t"), name: "t", format: format, hasHeader: true,
          limits: .default)
        var found = [reader.header]
        while let row = try reader.next() {
          guard case .row(let row) = row else {
            Issue.record("\(row)")
            continue
          }
          #expect(row.row == found.count)
          found.append(row.fields)
        }
        // Compared as UTF-8: Swift takes texts for equal that differ in composition.
        #expect(found.map { $0.map { Array($0.utf8) } } == table.map { $0.map { Array($0.utf8) } })
      }
    }
  }
}
