/// How far a row has been scanned; it survives the fetching of more bytes.
struct RowState {
  /// What a scan ended with.
  enum Outcome {
    /// The row is whole; `offset` is its line end.
    case row
    /// The bytes ended first.
    case unfinished
    /// The row is longer than the limit.
    case tooLong
    /// A closing quotation mark is followed by something else than a delimiter or a line end.
    case textAfterQuotation
  }

  /// How long a row may be, in bytes.
  struct Bounds {
    /// Any row.
    let row: Int
    /// A row at a line end inside a quotation.
    let quotation: Int
  }

  private enum Place { case fieldStart, plain, quoted, afterQuote }

  /// Bytes scanned, counted from the row's first.
  private(set) var offset = 0
  /// Line ends inside quotations so far.
  private(set) var lineBreaks = 0
  /// The offset of the first of them.
  private(set) var firstLineEnd: Int?
  private var place = Place.fieldStart
  private var fieldStart = 0
  private var hasEscapes = false
  private var lastWasReturn = false

  /// Scans on, and appends the fields that end.
  mutating func scan(
    _ bytes: Span<UInt8>, from start: Int, _ delimiter: UInt8, _ bounds: Bounds,
    into fields: inout [DelimitedScanner.Field]
  ) -> Outcome {
    let bound = min(bytes.count, start + bounds.row + 1)
    // No byte above both marks ends a field.
    let lastSpecial = max(delimiter, ASCII.carriageReturn)
    var index = start + offset
    defer { offset = index - start }
    while index < bound {
      let byte = bytes[index]
      switch place {
      case .fieldStart:
        hasEscapes = false
        if byte == ASCII.quote {
          place = .quoted
          index += 1
          fieldStart = index - start
        } else {
          place = .plain
          fieldStart = index - start
        }
      case .plain:
        if byte > lastSpecial {
          index += 1
          while index < bound, bytes[index] > lastSpecial { index += 1 }
        } else if byte == delimiter {
          append(to: &fields, end: index - start, isQuoted: false)
          index += 1
        } else if byte.endsLine {
          append(to: &fields, end: index - start, isQuoted: false)
          return .row
        } else {
          index += 1
        }
      case .quoted:
        if byte == ASCII.quote {
          place = .afterQuote
        } else if byte.endsLine {
          // The LF of a CRLF is no second break.
          if byte == ASCII.carriageReturn || !lastWasReturn { lineBreaks += 1 }
          if firstLineEnd == nil { firstLineEnd = index - start }
          if index - start > bounds.quotation { return .tooLong }
        }
        lastWasReturn = byte == ASCII.carriageReturn
        index += 1
      case .afterQuote:
        if byte == ASCII.quote {
          hasEscapes = true
          place = .quoted
          index += 1
        } else if byte == delimiter {
          append(to: &fields, end: index - start - 1, isQuoted: true)
          index += 1
        } else if byte.endsLine {
          append(to: &fields, end: index - start - 1, isQuoted: true)
          return .row
        } else {
          return .textAfterQuotation
        }
      }
    }
    return index == start + bounds.row + 1 ? .tooLong : .unfinished
  }

  /// Ends the row at the end of the file; false when a quotation is open.
  mutating func finish(_ fields: inout [DelimitedScanner.Field]) -> Bool {
    switch place {
    case .quoted: return false
    case .fieldStart:
      fieldStart = offset
      append(to: &fields, end: offset, isQuoted: false)
    case .plain: append(to: &fields, end: offset, isQuoted: false)
    case .afterQuote: append(to: &fields, end: offset - 1, isQuoted: true)
    }
    return true
  }

  private mutating func append(
    to fields: inout [DelimitedScanner.Field], end: Int, isQuoted: Bool
  ) {
    fields.append(
      .init(start: fieldStart, end: end, hasEscapes: hasEscapes, isQuoted: isQuoted))
    place = .fieldStart
  }
}
