import Entities
import Testing

@testable import Records

@Suite struct SDFFileTests {
  private static func block(_ title: String) -> String {
    """
    \(title)
      by hand

      1  0  0  0  0  0  0  0  0  0999 V2000
        0.0000    0.0000    0.0000 C   0  0  0  0  0  0  0  0  0  0  0  0
    M  END

    """
  }

  private static let two =
    block("first") + ">  <pKi> (1)\n7.5\n\n>  <note>\nline one\n \n> <line> two\n\n$$$$\n"
    + block("") + "> 25 <note>\nshort\n\n> <extra>\n\n\n$$$$\n"

  @Test(arguments: Pieces.allCases, ["\n", "\r\n", "\r"])
  func `titles, blocks and properties come apart`(pieces: Pieces, end: String) throws {
    let text = Self.two.replacing("\n", with: end)
    let reader = try compoundReader(text, .sdf, pieces: pieces)
    #expect(reader.header == ["pKi", "note", "extra"])
    let records = try reader.all()
    #expect(records.map(\.brief) == ["1 first", "16 row-2"])
    #expect(records.map(\.molBlock) == [Self.block("first"), Self.block("")])
    #expect(
      records.map(\.fields) == [
        ["7.5", "line one\n \n> <line> two", ""], ["", "short", ""],
      ])
  }

  @Test func `a property can be the identifier`() throws {
    let columns = ColumnSelection(id: .named("NOTE"))
    #expect(try compoundReader(Self.two, .sdf, columns: columns).all().last?.id == "short")
    let usual = Self.block("") + "> <ID>\nLig1\n\n$$$$\n"
    #expect(try compoundReader(usual, .sdf).all().map(\.id) == ["Lig1"])
  }

  @Test(arguments: Pieces.allCases)
  func `the last record is taken without an end mark if its block is whole`(
    pieces: Pieces
  ) throws {
    let whole = Self.two + Self.block("third") + "> <pKi>\n6"
    let records = try compoundReader(whole, .sdf, pieces: pieces).all()
    #expect(records.map(\.brief) == ["1 first", "16 row-2", "29 third"])
    #expect(records.last?.fields.first == "6")
    let cut = Self.two + String(Self.block("third").dropLast(8))
    let refused = try compoundReader(cut, .sdf, pieces: pieces).all()
    #expect(refused.map(\.brief) == ["1 first", "16 row-2", "29 third !truncated"])
  }

  @Test func `a record of white space is refused, white space at the end is none`() throws {
    let records = try compoundReader(Self.two + "\n\n$$$$\n\n \n", .sdf).all()
    #expect(records.map(\.brief) == ["1 first", "16 row-2", "29  !empty"])
  }

  @Test(arguments: Pieces.allCases, ["\n", "\r\n"])
  func `a record longer than the limit is skipped and shifts nothing`(
    pieces: Pieces, end: String
  ) throws {
    let long = Self.block("long") + "> <note>\n" + String(repeating: "x", count: 600) + "\n\n$$$$\n"
    let text = (Self.block("a") + "$$$$\n" + long + Self.block("b") + "$$$$\n")
      .replacing("\n", with: end)
    let records = try compoundReader(text, .sdf, limit: 300, pieces: pieces).all()
    #expect(records.map(\.brief) == ["1 a", "8  !too-long", "18 b"])
  }

  @Test func `properties that only later records have are not lost`() throws {
    let text = (0..<80).map { index in
      Self.block("m\(index)") + "> <\(index < 70 ? "early" : "late")>\n\(index)\n\n$$$$\n"
    }.joined()
    let reader = try compoundReader(text, .sdf)
    #expect(reader.header == ["early"])
    guard case .record(let last) = try reader.all().last else {
      Issue.record("no last record")
      return
    }
    #expect(last.fields == [""])
    #expect(last.extraFields == [.init(name: "late", value: "79")])
  }

  @Test(arguments: Pieces.allCases)
  func `NUL bytes and invalid UTF-8 are refused and shift nothing`(pieces: Pieces) throws {
    let good = Array((Self.block("a") + "$$$$\n").utf8)
    let bad = good.prefix(1) + [0] + good.dropFirst(1)
    let latin = [0xE9] + good
    let records = try compoundReader(good + bad + latin + good, .sdf, pieces: pieces).all()
    #expect(records.map(\.brief) == ["1 a", "8  !not-text", "15  !not-text", "22 a"])
  }

  @Test func `the text of an end mark inside a value ends the record there`() throws {
    let text = Self.block("a") + "> <x>\n$$$$\n" + Self.block("b") + "$$$$\n"
    #expect(try compoundReader(text, .sdf).all().map(\.brief) == ["1 a", "9 b"])
  }
}
