/// The bytes that readers look for.
enum ASCII {
  static let tab: UInt8 = 0x09
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let space: UInt8 = 0x20
  static let quote: UInt8 = 0x22
  static let numberSign: UInt8 = 0x23
  static let dollar: UInt8 = 0x24
  static let comma: UInt8 = 0x2C
  static let lessThan: UInt8 = 0x3C
  static let greaterThan: UInt8 = 0x3E
}

extension UInt8 {
  /// Whether the byte is a space or a tab.
  var isBlank: Bool { self == ASCII.space || self == ASCII.tab }

  /// Whether the byte ends a line: LF, or CR alone or before LF.
  var endsLine: Bool { self == ASCII.lineFeed || self == ASCII.carriageReturn }
}

extension String {
  /// The text without white space at both ends.
  var trimmed: String {
    guard let first = utf8.firstIndex(where: { !$0.isBlank && !$0.endsLine }),
      let last = utf8.lastIndex(where: { !$0.isBlank && !$0.endsLine })
    else { return "" }
    if first == utf8.startIndex, utf8.index(after: last) == utf8.endIndex { return self }
    return String(self[first...last])
  }

  /// The text with every line end replaced by a space.
  var onOneLine: String { String(map { $0.isNewline ? " " : $0 }) }
}

extension Span<UInt8> {
  /// The bytes of `range` as text, nil when they are not UTF-8 or hold a NUL.
  func text(_ range: Range<Int>) -> String? {
    let bytes = extracting(range)
    for index in bytes.indices where bytes[index] == 0 { return nil }
    guard let text = try? UTF8Span(validating: bytes) else { return nil }
    return String(copying: text)
  }

  /// `range` without spaces and tabs at both ends.
  func trimming(_ range: Range<Int>) -> Range<Int> {
    var lower = range.lowerBound
    var upper = range.upperBound
    while lower < upper, self[lower].isBlank { lower += 1 }
    while lower < upper, self[upper - 1].isBlank { upper -= 1 }
    return lower..<upper
  }
}
