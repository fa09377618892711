/// The chunk FPID: the ids one after another, and a table of where each begins and the last ends.
///
/// The table is of 32-bit numbers followed by 64-bit ones, for the ids past 4 GiB.
struct FPBIdentifiers: Sendable {
  let count: Int
  /// How many of the table's entries have 32 bits; the others have 64.
  private let narrow: Int
  private let table: Int
  /// What the offsets count from.
  private let origin: Int
  /// The bytes in which the ids lie.
  private let texts: Range<Int>

  init(_ bytes: FPBBytes, _ range: Range<Int>) throws(FPBError) {
    guard range.count >= 8 else { throw Self.damaged("\(range.count) bytes are no head") }
    let (small, large) = (
      Int(bytes.number(UInt32.self, at: range.lowerBound)),
      Int(bytes.number(UInt32.self, at: range.lowerBound + 4))
    )
    let count = small + large
    let narrow = small + 1
    let tableBytes = 4 * narrow + 8 * large
    let first = range.lowerBound + 8
    guard tableBytes <= range.upperBound - first else {
      throw Self.damaged("the table of \(count) ids passes its end")
    }
    // As chemfp writes it: texts, then the table, which counts from the start of the chunk.
    let written = FPBIdentifiers(
      count: count, narrow: narrow, table: range.upperBound - tableBytes, origin: range.lowerBound,
      texts: first..<range.upperBound - tableBytes)
    // As the description has it: the table, then the texts, from where it counts.
    let described = FPBIdentifiers(
      count: count, narrow: narrow, table: first, origin: first + tableBytes,
      texts: first + tableBytes..<range.upperBound)
    guard let layout = [written, described].first(where: { $0.fits(bytes) }) else {
      throw Self.damaged("the table neither begins with the first id nor ends with the last")
    }
    self.init(
      count: count, narrow: narrow, table: layout.table, origin: layout.origin,
      texts: layout.texts)
  }

  private init(count: Int, narrow: Int, table: Int, origin: Int, texts: Range<Int>) {
    self.count = count
    self.narrow = narrow
    self.table = table
    self.origin = origin
    self.texts = texts
  }

  func id(_ row: Int, in bytes: FPBBytes) throws(FPBError) -> String {
    guard let start = offset(row, in: bytes), let end = offset(row + 1, in: bytes), start <= end
    else { throw .row(row, why: "its id lies outside the file's ids") }
    var text = bytes[start..<end]
    if text.last == 0 { text.removeLast() }
    guard let id = String(validating: text, as: UTF8.self), !text.contains(0) else {
      throw .row(row, why: "its id is not UTF-8 text")
    }
    return id
  }

  /// Whether the first entry is where the texts begin and the last where they end.
  private func fits(_ bytes: FPBBytes) -> Bool {
    offset(0, in: bytes) == texts.lowerBound && offset(count, in: bytes) == texts.upperBound
  }

  /// Where an id begins, in bytes of the file; nil outside the texts.
  private func offset(_ row: Int, in bytes: FPBBytes) -> Int? {
    let entry: UInt64 =
      row < narrow
      ? UInt64(bytes.number(UInt32.self, at: table + 4 * row))
      : bytes.number(UInt64.self, at: table + 4 * narrow + 8 * (row - narrow))
    guard entry <= UInt64(bytes.count) else { return nil }
    let place = origin + Int(entry)
    return (texts.lowerBound...texts.upperBound).contains(place) ? place : nil
  }

  private static func damaged(_ why: String) -> FPBError { .damaged(chunk: "FPID", why: why) }
}
