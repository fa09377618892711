import Entities
import Testing

@testable import Records

@Suite("Fields of a table as values")
struct FieldReaderTests {
  private func reader(_ text: String, columns: [String] = ["a", "b"]) throws -> FieldReader {
    try FieldReader(.bytes(Array(text.utf8)), columns: columns) { $0.contains("a") }
  }

  @Test(
    "the delimiter is what the first line holds",
    arguments: ["a,b\n1,2\n", "a\tb\n1\t2\n", "a;b\n1;2\n", "a|b\n1|2\n", "1,2\n", "1\t2"])
  func delimiter(_ text: String) throws {
    let table = try reader(text)
    #expect(try table.next() == .row)
    #expect(table.integer(0) == 1 && table.integer(1) == 2)
    #expect(try table.next() == nil)
    #expect(table.rows == 1 && table.hasHeader == text.hasPrefix("a"))
  }

  @Test func `numbers, days and texts are read, and nothing else passes for one`() throws {
    let values = [
      "12", "-3", "+4", "2.5", "1e3", "9223372036854775807", "9223372036854775808", "2020-02-29",
      "20200229", "2020-02-29 10:00", "2020-02-30", "12-03-2020", "é", "NA", "\"NA\"", "\\N",
      "NULL",
    ]
    let table = try reader("a,b\n" + values.map { "\($0),x\n" }.joined())
    var found: [String: (Int?, Double?, Int?, Bool)] = [:]
    for value in values {
      #expect(try table.next() == .row)
      found[value] = (table.integer(0), table.number(0), table.day(0), table.isMissing(0))
    }
    #expect(found["12"]?.0 == 12 && found["-3"]?.0 == -3 && found["+4"]?.0 == 4)
    #expect(found["2.5"]?.0 == nil && found["2.5"]?.1 == 2.5 && found["1e3"]?.1 == 1_000)
    #expect(found["9223372036854775807"]?.0 == Int.max)
    #expect(found["9223372036854775808"]?.0 == nil)
    for day in ["2020-02-29", "20200229", "2020-02-29 10:00"] { #expect(found[day]?.2 == 18_321) }
    #expect(found["2020-02-30"]?.2 == nil && found["12-03-2020"]?.2 == nil)
    #expect(values.filter { found[$0]?.3 ?? false } == ["NA", "\\N", "NULL"])
    #expect(CalendarDay.text(18_321) == "2020-02-29")
  }

  @Test func `days go to dates and back`() {
    for day in stride(from: -200_000, to: 400_000, by: 37) {
      let (year, month, number) = CalendarDay.date(of: day)
      #expect(CalendarDay.number(year: year, month: month, day: number) == day)
    }
  }

  @Test func `rows are cut as the reader of tables cuts them, whatever they hold`() throws {
    var random = SystemRandomNumberGenerator()
    let pieces = ["1", ",", ",", "\n", "\"", "\"\"", "é", "\r\n", " ", "\u{0}"]
    for _ in 0..<500 {
      let text =
        "a,b\n"
        + (0..<Int.random(in: 1..<60, using: &random))
        .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let ours = try reader(text)
      guard let theirs = try? TableReader(.bytes(Array(text.utf8)), format: .csv) else {
        #expect(try ours.next() == nil)
        continue
      }
      while let wanted = try theirs.next() {
        let step = try ours.next()
        switch wanted {
        case .row(let row):
          #expect(step == .row && ours.line == row.line)
          #expect(ours.text(0) == row.fields[0].trimmed && ours.text(1) == row.fields[1].trimmed)
        case .refused(let record, _):
          guard case .refused = step else {
            Issue.record("\(record.reason) is taken: \(text.debugDescription)")
            continue
          }
        }
      }
      #expect(try ours.next() == nil)
    }
  }

  @Test func `a row that is no UTF-8 is Latin-1`() throws {
    let bytes = Array("a,b\n1,M".utf8) + [0xFC] + Array("\n2,Mü\n".utf8)
    let table = try FieldReader(.bytes(bytes), columns: []) { _ in true }
    #expect(try table.next() == .row && table.text(1) == "Mü")
    #expect(try table.next() == .row && table.text(1) == "Mü" && table.latinLines == 1)
  }
}
