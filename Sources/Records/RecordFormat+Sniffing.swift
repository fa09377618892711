extension ByteWindow {
  /// How much of the beginning is looked at to find the format.
  private static let sniffedBytes = 1 << 16

  /// The format of `source`: the given one, else by its name where it has a telling one, else by
  /// its first lines.
  mutating func format(
    of source: RecordSource, given: RecordFormat?
  ) throws(RecordError) -> RecordFormat {
    if let given { return given }
    if case .file(let path) = source, let format = RecordFormat(path: path) { return format }
    try extend(toHold: Self.sniffedBytes)
    return RecordFormat(sniffing: Array(bytes[start...].prefix(Self.sniffedBytes)))
  }
}

extension RecordFormat {
  /// The format that the beginning of a file looks like.
  ///
  /// An SDF shows the counts line of a mol block in line 4. A table shows a usual name of a SMILES
  /// column in its first line, between tabs or commas. All else is taken for SMILES.
  init(sniffing beginning: [UInt8]) {
    let lines = beginning.split(omittingEmptySubsequences: false) { $0 == ASCII.lineFeed }
      .prefix(5).map { String(decoding: $0, as: UTF8.self).trimmed }
    if lines.dropFirst(3).prefix(1).contains(where: {
      $0.hasSuffix("V2000") || $0.hasSuffix("V3000")
    }) {
      self = .sdf
      return
    }
    let first = lines.first { !$0.isEmpty } ?? ""
    func names(_ separator: Character) -> Bool {
      first.split(separator: separator).contains { name in
        ColumnSelection.isStructureName(String(name.filter { $0 != "\"" }).trimmed)
      }
    }
    if first.contains("\t"), names("\t") {
      self = .tsv
    } else if names(",") {
      self = .csv
    } else {
      self = .smiles
    }
  }
}
