extension ByteWindow {
  /// Opens `source`, unpacks it where it begins like gzip, and steps over a UTF-8 byte order mark.
  static func opening(_ source: RecordSource) throws(RecordError) -> ByteWindow {
    let outer: any ByteSource =
      switch source {
      case .file(let path): try FileSource(source, path: path)
      case .standardInput: try FileSource(source, path: nil)
      case .bytes(let bytes): MemorySource(bytes)
      case .pieces(let pieces): try PieceSource(pieces)
      }
    return try opening(outer, name: source.name)
  }

  /// As above, over a stream of bytes that is open already.
  static func opening(_ outer: any ByteSource, name: String) throws(RecordError) -> ByteWindow {
    var begin: [UInt8] = []
    while begin.count < 2, try outer.read(pieceBytes, into: &begin) > 0 {}
    var window: ByteWindow
    if begin.starts(with: [0x1F, 0x8B]) {
      window = ByteWindow(GzipSource(outer, begin: begin, name: name))
    } else if !begin.isEmpty, name.lowercased().hasSuffix(".gz") {
      throw .notGzip(source: name)
    } else {
      window = ByteWindow(outer, begin: begin)
    }
    try window.extend(toHold: 4)
    try window.skipByteOrderMark(name: name)
    return window
  }

  private mutating func skipByteOrderMark(name: String) throws(RecordError) {
    let first = bytes[start...].prefix(4)
    if first.starts(with: [0xEF, 0xBB, 0xBF]) { return drop(3) }
    if first.starts(with: [0xFF, 0xFE]) || first.starts(with: [0xFE, 0xFF]) {
      throw .notUTF8(source: name, looksLike: "UTF-16")
    }
    // A spreadsheet saved as a workbook is a zip archive.
    if first.elementsEqual([0x50, 0x4B, 0x03, 0x04]) {
      throw .notUTF8(source: name, looksLike: "a zip archive or a workbook")
    }
  }
}
