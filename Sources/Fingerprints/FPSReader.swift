/// Reads an FPS file one fingerprint after another, in bounded memory.
///
/// After an error about one line, the next call goes on with the line after it.
public struct FPSReader {
  /// The head of the file.
  public let header: FPSHeader
  private var lines: LineSplitter
  private var pending: ArraySlice<UInt8>?

  /// Reads the head from a stream of bytes.
  ///
  /// - Parameters:
  ///   - lineLimit: the most bytes a line may have.
  ///   - chunk: the next bytes, or nil at the end.
  public init(lineLimit: Int = 1 << 20, chunk: @escaping () throws -> [UInt8]?) throws {
    var lines = LineSplitter(limit: lineLimit, chunk: chunk)
    guard let magic = try lines.next(), magic.elementsEqual("#FPS1".utf8) else {
      throw lines.error(.notFPS)
    }
    var parser = HeaderParser()
    var pending: ArraySlice<UInt8>?
    while let line = try lines.next() {
      guard line.first == UInt8(ascii: "#") else {
        pending = line
        break
      }
      if let fault = parser.take(line.dropFirst()) { throw lines.error(.header(fault)) }
    }
    if parser.bitCount == nil, let digits = pending?.prefix(while: { $0 != UInt8(ascii: "\t") }),
      (1...Fingerprint.maximumBitCount).contains(digits.count * 4)
    {
      parser.bitCount = digits.count * 4
    }
    guard let header = parser.header else { throw lines.error(.unknownWidth) }
    self.header = header
    self.lines = lines
    self.pending = pending
  }

  /// The next fingerprint; nil at the end of the file.
  ///
  /// Fields after the id are left out.
  public mutating func next() throws -> FPSRecord? {
    let waiting = pending
    pending = nil
    guard let line = try waiting ?? lines.next() else { return nil }
    if line.isEmpty { throw lines.error(.blankLine) }
    let fields = line.split(
      separator: UInt8(ascii: "\t"), maxSplits: 2, omittingEmptySubsequences: false)
    guard fields.count > 1, !fields[1].isEmpty else { throw lines.error(.missingID) }
    guard let id = String(validating: fields[1], as: UTF8.self), !fields[1].contains(0) else {
      throw lines.error(.badID)
    }
    do {
      let fingerprint = try Fingerprint(hexDigits: fields[0], bitCount: header.bitCount)
      return FPSRecord(fingerprint: fingerprint, id: id, line: lines.line)
    } catch { throw lines.error(.fingerprint(error)) }
  }
}

/// Gathers the `key=value` lines of a head.
private struct HeaderParser {
  var bitCount: Int?
  private var type: String?
  private var software: String?
  private var date: String?
  private var sources: [String] = []
  private var others: [FPSHeader.Field] = []

  /// Takes a line without its `#`; returns what is wrong with it.
  mutating func take(_ line: ArraySlice<UInt8>) -> String? {
    guard let text = String(validating: line, as: UTF8.self) else {
      return "the head line is not UTF-8 text"
    }
    guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
      return "a head line is #key=value"
    }
    let key = String(text[..<equals])
    let value = String(text[text.index(after: equals)...])
    switch key {
    case "num_bits":
      guard bitCount == nil else { return "num_bits is given twice" }
      guard let bits = Int(value), (1...Fingerprint.maximumBitCount).contains(bits) else {
        return "num_bits must be 1 to \(Fingerprint.maximumBitCount), not \(value.prefix(40))"
      }
      bitCount = bits
    case "type": return set(&type, value, key)
    case "software": return set(&software, value, key)
    case "date": return set(&date, value, key)
    case "source": sources.append(value)
    default: others.append(FPSHeader.Field(key: key, value: value))
    }
    return nil
  }

  var header: FPSHeader? {
    guard let bitCount else { return nil }
    var header = FPSHeader(bitCount: bitCount, type: type)
    header.software = software
    header.date = date
    header.sources = sources
    header.others = others
    return header
  }

  private func set(_ field: inout String?, _ value: String, _ key: String) -> String? {
    guard field == nil else { return "\(key) is given twice" }
    field = value
    return nil
  }
}
