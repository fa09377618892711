import Entities
import Foundation
import Records
import Testing

@Suite struct UnquotedReaderTests {
  private func rows(_ text: String, limit: Int = 1 << 20) throws -> [String] {
    let reader = try UnquotedReader(
      .bytes(Array(text.utf8)), separator: UInt8(ascii: "$"), limits: .init(recordBytes: limit))
    var found: [String] = []
    while let row = try reader.next(Array(reader.header.indices)) {
      switch row {
      case .row(let row): found.append("\(row.line):" + row.fields.joined(separator: "|"))
      case .refused(let record, _): found.append("\(record.line):\(record.reason.code)")
      }
    }
    return found
  }

  @Test func `quotation marks are characters, blank lines are no rows, any line end ends one`()
    throws
  {
    #expect(try rows("a$b\n\"x$y\r\n\r\n'1$ 2 \r\"3\"$\n") == ["2:\"x|y", "4:'1|2", "5:\"3\"|"])
  }

  @Test func `a separator at the end of the first row is one at the end of all`() throws {
    #expect(
      try rows("a$b$\n1$2$\n3$4\n5$6$7$\n") == [
        "2:1|2", "3:wrong-field-count", "4:wrong-field-count",
      ])
    // Without it a separator inside a field cannot pass for one at the end.
    #expect(try rows("a$b\n1$2\n3$4$\n") == ["2:1|2", "3:wrong-field-count"])
  }

  @Test func `huge lines, NULs and a file of separators are refused in bounded memory`() throws {
    let huge = String(repeating: "$", count: 5_000)
    #expect(
      try rows("a$b\n\(huge)\n1$\0\n1$2", limit: 1_000) == ["2:too-long", "3:not-text", "4:1|2"])
    #expect(try rows("a$b\n\(huge)\n1$2") == ["2:wrong-field-count", "3:1|2"])
    #expect(throws: RecordError.self) { try rows("") }
    #expect(throws: RecordError.self) { try rows("\n \n") }
  }

  @Test func `Latin-1 is read where a line is no UTF-8`() throws {
    let bytes: [UInt8] = Array("a\nna\u{EF}ve\n".utf8) + [0x6E, 0x61, 0xEF, 0x76, 0x65]
    let reader = try UnquotedReader(.bytes(bytes), separator: UInt8(ascii: "$"))
    var found: [String] = []
    while case .row(let row)? = try reader.next([0]) { found += row.fields }
    #expect(found == ["naïve", "naïve"] && reader.latinLines == 1 && reader.rows == 2)
  }
}
