extension FieldReader {
  /// Whether a field is empty, or says so: `NA`, `NULL` or `\N` without quotation marks.
  public func isMissing(_ column: Int) -> Bool {
    scanner.withField(column) { bytes, isQuoted in
      if bytes.isEmpty { return true }
      guard !isQuoted, bytes.count <= 4 else { return false }
      let word = bytes.indices.reduce(0 as UInt32) { $0 << 8 | UInt32(bytes[$1]) }
      return word == 0x4E41 || word == 0x5C4E || word == 0x4E55_4C4C
    }
  }

  /// A field as a whole number; nil where it is none.
  public func integer(_ column: Int) -> Int? {
    scanner.withField(column) { bytes, _ in
      guard !bytes.isEmpty, bytes.count <= 19 else { return nil }
      let isNegative = bytes[0] == 0x2D
      let first = isNegative || bytes[0] == 0x2B ? 1 : 0
      guard first < bytes.count else { return nil }
      var value = 0
      for place in first..<bytes.count {
        let digit = bytes[place] &- 0x30
        guard digit < 10 else { return nil }
        let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
        let (sum, isToo) = product.addingReportingOverflow(Int(digit))
        if isTooLarge || isToo { return nil }
        value = sum
      }
      return isNegative ? -value : value
    }
  }

  /// A field as a finite number; nil where it is none.
  public func number(_ column: Int) -> Double? {
    if let whole = integer(column) { return Double(whole) }
    guard let text = text(column), let value = Double(text), value.isFinite else { return nil }
    return value
  }

  /// A field as days since 1970-01-01, by `2021-03-04` or `20210304`; nil where it is no date.
  public func day(_ column: Int) -> Int? {
    scanner.withField(column) { bytes, _ in CalendarDay.read(bytes) }
  }

  /// A field as text without white space at its ends.
  public func text(_ column: Int) -> String? {
    guard isLatin else { return scanner.text(column)?.trimmed }
    return scanner.withField(column) { bytes, _ in
      var text = ""
      for place in bytes.indices { text.unicodeScalars.append(Unicode.Scalar(bytes[place])) }
      return text
    }
  }

  /// A number that equal fields share and others very seldom do: FNV-1a over the bytes.
  public func fingerprint(_ column: Int) -> UInt64 {
    scanner.withField(column) { bytes, _ in
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for place in bytes.indices { hash = (hash ^ UInt64(bytes[place])) &* 0x100_0000_01B3 }
      return hash
    }
  }
}

extension DelimitedScanner {
  /// Lends the bytes of a field without blanks at its ends.
  func withField<Value>(_ index: Int, _ body: (Span<UInt8>, Bool) -> Value) -> Value {
    let field = fields[index]
    let bytes = windowBytes(field.start..<field.end).span
    return body(bytes.extracting(bytes.trimming(0..<bytes.count)), field.isQuoted)
  }
}
