public import Foundation
public import Provenance

/// What a screen stores of one row.
struct RowScore: Hashable, Sendable {
  /// The number to order by, larger is better; NaN where the structure cannot be read.
  let score: Float
  /// The predicted value, in the endpoint's unit; another number where the ranking is cautious.
  let value: Float

  static let unreadable = RowScore(score: .nan, value: .nan)
  /// For a row that did not count when its shard was made: nobody asked the model.
  static let unasked = RowScore(score: Float(bitPattern: 0x7FC0_0A5C), value: .nan)

  /// Whether the model was asked.
  var isAsked: Bool { score.bitPattern != Self.unasked.score.bitPattern }
}

/// Scores on disk, each shard a file that its key names and its own digest guards.
///
/// Any number of processes may write into one store. A file appears whole or not at all; it is only
/// replaced by one that has more rows' scores. The layout of a file: eight bytes that name the format,
/// the 32 bytes of the key, all scores, all values (little-endian floats), and the SHA-256 of
/// everything before it.
public struct ScoreStore: Sendable {
  /// Where the shards are.
  public let folder: URL

  private static let magic = Array("OSONGSC1".utf8)
  private static let overhead = 8 + 32 + 32

  /// Opens a store, which may be empty.
  public init(at folder: URL) throws {
    self.folder = folder
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// The file of a shard.
  public func file(_ key: Digest) -> URL {
    // Two digits of folders keep each folder small.
    folder.appending(path: "\(key.hex.prefix(2))/\(key.hex).scores")
  }

  /// The right to make a shard; nil while another process makes it.
  func claim(_ shard: Shard) throws -> FileLock? {
    let file = file(shard.key)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    return try FileLock(at: file.appendingPathExtension("lock"), for: "scoring")
  }

  /// Gives the claim back.
  func release(_ shard: Shard, _ claim: consuming FileLock) {
    // Removed while it is held: whoever takes the file's next lock finds the shard there.
    try? FileManager.default.removeItem(at: file(shard.key).appendingPathExtension("lock"))
  }

  /// Writes a shard; returns when it is on the disk.
  func save(_ scores: [RowScore], _ shard: Shard) throws {
    precondition(scores.count == shard.rows.count, "a score for each row")
    var bytes = Data(capacity: scores.count * 8 + Self.overhead)
    bytes.append(contentsOf: Self.magic)
    bytes.append(contentsOf: Self.raw(shard.key))
    for column in [\RowScore.score, \RowScore.value] {
      for score in scores {
        let pattern = score[keyPath: column].bitPattern
        for shift in stride(from: UInt32(0), to: 32, by: 8) {
          bytes.append(UInt8(truncatingIfNeeded: pattern >> shift))
        }
      }
    }
    bytes.append(contentsOf: Self.raw(Digest(of: bytes)))
    try AtomicFile.write(bytes, to: file(shard.key))
  }

  /// Reads a shard; nil where it is not there, or is not what was written.
  func load(_ key: Digest, rows count: Int) -> [RowScore]? {
    guard let bytes = Self.sound(file(key), key: key),
      bytes.count == count * 8 + Self.overhead
    else { return nil }
    func number(_ place: Int) -> Float {
      let start = 40 + 4 * place
      var pattern: UInt32 = 0
      for byte in 0..<4 { pattern |= UInt32(bytes[start + byte]) << UInt32(8 * byte) }
      return Float(bitPattern: pattern)
    }
    return (0..<count).map { RowScore(score: number($0), value: number(count + $0)) }
  }

  /// Removes a shard.
  func discard(_ key: Digest) { try? FileManager.default.removeItem(at: file(key)) }

  /// The keys of all shards that are there.
  var keys: [Digest] {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().compactMap { name in
      name.hasSuffix(".scores") ? Digest(hex: String(name.dropFirst(3).dropLast(7))) : nil
    }
  }

  /// Whether the shard of a key stands there as it was written.
  public func isSound(_ key: Digest) -> Bool { Self.sound(file(key), key: key) != nil }

  private static func sound(_ url: URL, key: Digest) -> [UInt8]? {
    guard let data = try? Data(contentsOf: url), data.count >= overhead else { return nil }
    let bytes = [UInt8](data)
    guard bytes.starts(with: magic), Array(bytes[8..<40]) == raw(key),
      raw(Digest(of: bytes.dropLast(32))) == Array(bytes.suffix(32))
    else { return nil }
    return bytes
  }

  private static func raw(_ digest: Digest) -> [UInt8] {
    let digits = Array(digest.hex.utf8).map { UInt8(ascii: "a") <= $0 ? $0 - 87 : $0 - 48 }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}
