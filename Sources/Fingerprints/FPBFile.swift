/// A file of packed fingerprints and ids in chemfp's binary format FPB, version 1, mapped not loaded.
///
/// The format is described at chemfp.com/fpb_format. Files that chemfp itself wrote differ from that
/// description: the arena begins with the number of bytes of a fingerprint and not of its bits; the
/// ids stand before their table of offsets, which count from the start of the chunk, and have no NUL
/// at their end. This type reads both; ``FPBWriter`` writes what chemfp wrote.
///
/// Opening checks the sizes of everything and reads no row. A row with a bit past the width, or an
/// id that is no text, is an error of that row.
public struct FPBFile: Sendable {
  /// The file's metadata: the width, the kind of fingerprint, where it came from.
  public let header: FPSHeader
  /// The number of rows.
  public let count: Int
  /// Whether the file says that its rows are in ascending order of popcount.
  public let isSortedByPopcount: Bool

  private let bytes: FPBBytes
  private let arena: FPBArena
  private let ids: FPBIdentifiers

  /// Maps a file.
  public init(path: String) throws(FPBError) {
    let mapped: MappedBytes
    do { mapped = try MappedBytes(path: path) } catch { throw .unreadable(error) }
    try self.init(.mapped(mapped))
  }

  /// Reads a file that is already in memory.
  public init(_ bytes: [UInt8]) throws(FPBError) {
    try self.init(.owned(bytes))
  }

  private init(_ bytes: FPBBytes) throws(FPBError) {
    let chunks = try FPBChunks(bytes)
    let metadata = try FPBMetadata(bytes, chunks[.meta])
    arena = try FPBArena(bytes, try chunks.range(of: .arena), bitCount: metadata.bitCount)
    header = try metadata.header(width: arena.bitCount)
    ids = try FPBIdentifiers(bytes, try chunks.range(of: .ids))
    count = arena.count
    guard ids.count == count else {
      throw .damaged(chunk: "FPID", why: "\(ids.count) ids for \(count) fingerprints")
    }
    isSortedByPopcount = chunks[.popcounts] != nil
    if let range = chunks[.popcounts] { try arena.check(popcounts: range, in: bytes) }
    self.bytes = bytes
  }

  /// One row's fingerprint.
  public func fingerprint(_ row: Int) throws(FPBError) -> Fingerprint {
    precondition((0..<count).contains(row), "row \(row) of \(count)")
    return try arena.fingerprint(row, in: bytes)
  }

  /// One row's id.
  public func id(_ row: Int) throws(FPBError) -> String {
    precondition((0..<count).contains(row), "row \(row) of \(count)")
    return try ids.id(row, in: bytes)
  }

  /// All fingerprints, copied into memory to be searched.
  ///
  /// - Complexity: O(rows × width)
  public func fingerprints() throws(FPBError) -> FingerprintArena {
    var table = FingerprintArena(bitCount: header.bitCount)
    table.reserveCapacity(count)
    for row in 0..<count { table.append(try fingerprint(row)) }
    return table
  }
}
