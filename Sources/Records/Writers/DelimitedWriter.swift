/// Writes a table as comma- or tab-separated values, RFC 4180, lines ended by LF.
///
/// Every text comes back from `TableReader` as it was, with one exception: a NUL, which no reader
/// takes for text, is written as U+FFFD. Not for two threads at once.
public final class DelimitedWriter {
  private let output: OutputFile
  private let delimiter: UInt8
  private let columns: Int

  /// Opens the destination and writes the header.
  ///
  /// - Parameter format: csv or tsv.
  public init(
    to destination: OutputDestination, format: RecordFormat = .csv, header: [String]
  ) throws(WriteError) {
    precondition(!header.isEmpty, "a table needs a column")
    guard let delimiter = format.delimiter else {
      preconditionFailure("\(format.rawValue) is no delimited format")
    }
    self.delimiter = delimiter
    columns = header.count
    output = try OutputFile(destination)
    try write(header)
  }

  /// Appends a row of as many fields as the header has.
  public func write(_ row: [String]) throws(WriteError) {
    precondition(row.count == columns, "a row of \(row.count) fields among \(columns) columns")
    try output.write { buffer in
      for (index, field) in row.enumerated() {
        if index > 0 { buffer.append(delimiter) }
        append(field, to: &buffer)
      }
      buffer.append(ASCII.lineFeed)
    }
  }

  /// Hands what was written so far to the system, so that a reader of the pipe sees it.
  public func flush() throws(WriteError) { try output.flush() }

  /// Ends the table and publishes it; see `OutputFile`.
  public func finish() throws(WriteError) { try output.finish() }

  private func append(_ field: String, to buffer: inout [UInt8]) {
    guard needsQuotes(field) else {
      buffer.append(contentsOf: field.utf8)
      return
    }
    buffer.append(ASCII.quote)
    for byte in field.utf8 {
      switch byte {
      case ASCII.quote:
        buffer.append(ASCII.quote)
        buffer.append(byte)
      case 0: buffer.append(contentsOf: "\u{FFFD}".utf8)
      default: buffer.append(byte)
      }
    }
    buffer.append(ASCII.quote)
  }

  /// Whether the field would be read otherwise without quotation marks.
  private func needsQuotes(_ field: String) -> Bool {
    // An unquoted blank row of one column is no row for readers.
    if columns == 1, field.utf8.allSatisfy(\.isBlank) { return true }
    // At the beginning of a file it would be taken for a byte order mark.
    if field.utf8.first == 0xEF, field.unicodeScalars.first == "\u{FEFF}" { return true }
    return field.utf8.contains { byte in
      byte == delimiter || byte == ASCII.quote || byte.endsLine || byte == 0
    }
  }
}
