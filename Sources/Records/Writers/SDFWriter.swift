/// Writes an MDL structure-data file, lines ended by LF.
///
/// No text can break the file: in names and values a line end becomes a space, in names `<` and `>`
/// become `_`, and a value that begins like an end mark or a property gets a space in front. Not
/// for two threads at once.
public final class SDFWriter {
  private let output: OutputFile

  /// Opens the destination.
  public init(to destination: OutputDestination) throws(WriteError) {
    output = try OutputFile(destination)
  }

  /// Appends a record.
  ///
  /// - Parameters:
  ///   - molBlock: a mol block; what follows its `M  END` is left out.
  ///   - title: the record's identifier; nil keeps the block's first line.
  ///   - properties: names and values, in the order to write.
  public func write(
    molBlock: String, title: String? = nil, properties: [(name: String, value: String)] = []
  ) throws(WriteError) {
    var record = Self.block(molBlock, title: title)
    for (name, value) in properties {
      record += ">  <\(Self.name(name))>\n\(Self.line(value))\n\n"
    }
    try output.write(record + "$$$$\n")
  }

  /// Ends the file and publishes it; see `OutputFile`.
  public func finish() throws(WriteError) { try output.finish() }

  /// The block with its own title, ended by `M  END`, without an end mark inside.
  private static func block(_ text: String, title: String?) -> String {
    var lines: [String] = []
    // A CRLF is one character.
    let isLineEnd: (Character) -> Bool = { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: isLineEnd) {
      // The three header lines may say anything.
      if lines.count > 3, line.hasPrefix("M  END") { break }
      lines.append(Self.line(String(line)))
    }
    if let title { lines[0] = Self.line(title) }
    // A block cut short has no `M  END`; readers must not run on into the properties.
    while lines.count > 4, lines.last?.isEmpty ?? false { lines.removeLast() }
    return lines.joined(separator: "\n") + "\nM  END\n"
  }

  private static func name(_ text: String) -> String {
    let name = String(plain(text).map { $0 == "<" || $0 == ">" ? "_" : $0 }).trimmed
    return name.isEmpty ? "unnamed" : name
  }

  private static func line(_ text: String) -> String {
    let line = plain(text)
    let isMark = ["$$$$", ">", "M  END"].contains { line.hasPrefix($0) }
    return isMark ? " " + line : line
  }

  /// The text on one line, without NUL, which no reader takes for text.
  private static func plain(_ text: String) -> String {
    String(text.onOneLine.map { $0 == "\0" ? "\u{FFFD}" : $0 })
  }
}
