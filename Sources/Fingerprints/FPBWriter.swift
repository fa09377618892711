/// Writes fingerprints and ids as an FPB file, byte for byte as chemfp does.
///
/// The rows are written in ascending order of popcount, equal ones in their order, with the chunks
/// META, AREN, POPC, FPID, HASH and FEND. Memory: some 16 bytes a row beside the rows themselves.
public struct FPBWriter {
  private let header: FPSHeader
  private let rows: FingerprintRows
  private let id: (Int) throws -> String
  /// By place in the file: the row.
  private let order: [UInt32]
  /// By popcount: how many rows have fewer bits; one more entry for all.
  private let starts: [Int]

  /// Prepares a file of these rows.
  ///
  /// - Parameter id: the id of a row, asked for three times each; text without a NUL.
  /// - Precondition: the header's width is that of the rows.
  public init(header: FPSHeader, rows: FingerprintRows, id: @escaping (Int) throws -> String) {
    precondition(
      header.bitCount == rows.bitCount, "\(header.bitCount) bits for rows of \(rows.bitCount)")
    precondition(rows.count < Int(UInt32.max), "\(rows.count) rows in one file")
    (self.header, self.rows, self.id) = (header, rows, id)
    var starts = [Int](repeating: 0, count: rows.bitCount + 2)
    for row in 0..<rows.count { starts[rows.popcount(ofRow: row) + 1] += 1 }
    for popcount in 1..<starts.count { starts[popcount] += starts[popcount - 1] }
    self.starts = starts
    var order = [UInt32](repeating: 0, count: rows.count)
    var next = starts
    for row in 0..<rows.count {
      let popcount = rows.popcount(ofRow: row)
      order[next[popcount]] = UInt32(row)
      next[popcount] += 1
    }
    self.order = order
  }

  /// Hands the whole file over in pieces of about 256 KiB.
  public func write(to write: ([UInt8]) throws -> Void) throws {
    try withoutActuallyEscaping(write) { write in
      var sink = FPBSink(write)
      try sink.append(FPBChunks.signature)
      try writeMetadata(&sink)
      try writeArena(&sink)
      try sink.beginChunk(.popcounts, length: 4 * starts.count)
      for start in starts { try sink.append(UInt32(start)) }
      try writeIDs(&sink)
      try FPBHash(count: order.count) { try checkedID($0) }?.write(to: &sink)
      try sink.beginChunk(.end, length: 0)
      try sink.finish()
    }
  }

  private func writeMetadata(_ sink: inout FPBSink) throws {
    var text: [UInt8] = []
    for field in header.fields {
      guard !(field.key + field.value).utf8.contains(where: { $0 == 10 || $0 == 13 }) else {
        throw FPBError.damaged(chunk: "META", why: "\(field.key) holds a line end")
      }
      text += "#\(field.key)=\(field.value)\n".utf8
    }
    try sink.beginChunk(.meta, length: text.count)
    try sink.append(text)
  }

  private func writeArena(_ sink: inout FPBSink) throws {
    let byteCount = Fingerprint.byteCount(bits: rows.bitCount)
    let stride = 8 * rows.wordCount
    // The first fingerprint stands at a multiple of 8 bytes from the start of the file.
    let head = sink.position + FPBChunks.headBytes + 9
    let spacer = (8 - head % 8) % 8
    try sink.beginChunk(.arena, length: 9 + spacer + stride * rows.count)
    try sink.append(UInt32(byteCount))
    try sink.append(UInt32(stride))
    try sink.append([UInt8(spacer)] + [UInt8](repeating: 0, count: spacer))
    for row in order {
      for word in rows[Int(row)].words { try sink.append(word) }
    }
  }

  private func writeIDs(_ sink: inout FPBSink) throws {
    let head = 8
    var ends = [head]
    ends.reserveCapacity(order.count + 1)
    for place in order.indices { ends.append(ends[place] + (try checkedID(place).utf8.count)) }
    let narrow = ends.firstIndex { $0 > Int(UInt32.max) } ?? ends.count
    let table = 4 * narrow + 8 * (ends.count - narrow)
    try sink.beginChunk(.ids, length: ends[order.count] + table)
    try sink.append(UInt32(narrow - 1))
    try sink.append(UInt32(ends.count - narrow))
    for place in order.indices { try sink.append(Array(try checkedID(place).utf8)) }
    for end in ends[..<narrow] { try sink.append(UInt32(end)) }
    for end in ends[narrow...] { try sink.append(UInt64(end)) }
  }

  /// The id at a place of the file.
  private func checkedID(_ place: Int) throws -> String {
    let row = Int(order[place])
    let text = try id(row)
    guard !text.utf8.contains(0) else {
      throw FPBError.row(row, why: "its id holds a NUL, which FPB cannot")
    }
    return text
  }
}

/// Bytes on their way to a file, with the position that they reach.
struct FPBSink {
  private static let pieceBytes = 1 << 18

  private let write: ([UInt8]) throws -> Void
  private var buffer: [UInt8] = []
  private var flushed = 0

  init(_ write: @escaping ([UInt8]) throws -> Void) { self.write = write }

  var position: Int { flushed + buffer.count }

  mutating func beginChunk(_ name: FPBChunks.Name, length: Int) throws {
    try append(UInt64(length))
    try append(Array(name.rawValue.utf8))
  }

  mutating func append(_ bytes: [UInt8]) throws {
    buffer += bytes
    if buffer.count >= Self.pieceBytes { try finish() }
  }

  mutating func append(_ number: some FixedWidthInteger) throws {
    for byte in 0..<number.bitWidth / 8 {
      buffer.append(UInt8(truncatingIfNeeded: number >> (8 * byte)))
    }
    if buffer.count >= Self.pieceBytes { try finish() }
  }

  mutating func finish() throws {
    if buffer.isEmpty { return }
    try write(buffer)
    flushed += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }
}
