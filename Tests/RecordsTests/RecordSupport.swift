import Entities
import Foundation

@testable import Records

/// A small generator of its own, so that a seed means the same numbers on every machine.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

/// How the bytes of a test arrive: all at once, or in pieces.
enum Pieces: CaseIterable, Sendable {
  case whole, single, few

  var size: () -> Int {
    switch self {
    case .whole: return { .max }
    case .single: return { 1 }
    case .few:
      var generator = SplitMix(seed: 11)
      return { Int.random(in: 1...7, using: &generator) }
    }
  }
}

/// A reader over bytes that arrive in pieces.
func compoundReader(
  _ bytes: [UInt8], _ format: RecordFormat, columns: ColumnSelection = .automatic,
  limit: Int = 1 << 20, pieces: Pieces = .whole, name: String = "test"
) throws(RecordError) -> CompoundReader {
  let window = try ByteWindow.opening(MemorySource(bytes, pieceSize: pieces.size), name: name)
  return try CompoundReader(
    window, name: name, format: format, columns: columns, limits: .init(recordBytes: limit))
}

/// As above, over text.
func compoundReader(
  _ text: String, _ format: RecordFormat, columns: ColumnSelection = .automatic,
  limit: Int = 1 << 20, pieces: Pieces = .whole
) throws(RecordError) -> CompoundReader {
  try compoundReader(
    Array(text.utf8), format, columns: columns, limit: limit, pieces: pieces)
}

extension CompoundReader {
  /// All records to the end.
  func all() throws(RecordError) -> [ReadRecord] {
    var records: [ReadRecord] = []
    while let record = try next() { records.append(record) }
    return records
  }
}

extension ReadRecord {
  /// The record in short: `3 id SMILES` or `3 id !code`.
  var brief: String {
    switch self {
    case .record(let record):
      switch record.structure {
      case .smiles(let text): "\(record.line) \(record.id) \(text)"
      case .molBlock: "\(record.line) \(record.id)"
      }
    case .refused(let refused, _): "\(refused.line) \(refused.id) !\(refused.reason.code)"
    }
  }

  var fields: [String] {
    switch self {
    case .record(let record): record.fields
    case .refused(_, let fields): fields
    }
  }

  var reason: Refusal? {
    if case .refused(let refused, _) = self { refused.reason } else { nil }
  }

  var id: String {
    switch self {
    case .record(let record): record.id
    case .refused(let refused, _): refused.id
    }
  }

  var molBlock: String? {
    if case .record(let record) = self, case .molBlock(let text) = record.structure {
      text
    } else {
      nil
    }
  }
}

/// One gzip member that holds `bytes` unpacked, written without zlib.
func gzipMember(_ bytes: [UInt8]) -> [UInt8] {
  var member: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
  var start = 0
  repeat {
    let size = min(65_535, bytes.count - start)
    let isLast: UInt8 = start + size == bytes.count ? 1 : 0
    let low = UInt8(size & 255)
    let high = UInt8(size >> 8)
    member += [isLast, low, high, ~low, ~high] + bytes[start..<start + size]
    start += size
  } while start < bytes.count
  var checksum: UInt32 = ~0
  for byte in bytes {
    checksum ^= UInt32(byte)
    for _ in 0..<8 {
      checksum = checksum & 1 == 1 ? checksum >> 1 ^ 0xEDB8_8320 : checksum >> 1
    }
  }
  for value in [~checksum, UInt32(truncatingIfNeeded: bytes.count)] {
    member += (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
  }
  return member
}

/// The real files that some tests read; they are skipped where the folder is absent.
enum RealFiles {
  static let folder: URL = {
    let given = ProcessInfo.processInfo.environment["OSONG_REFERENCE_DATA"] ?? "../shared"
    let package = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return URL(filePath: given, relativeTo: package).standardizedFileURL
  }()

  static let areThere = FileManager.default.fileExists(
    atPath: folder.appending(path: "datasets/nasty_inputs").path())

  static func path(_ name: String) -> String { folder.appending(path: "datasets/\(name)").path() }

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path(name))))
  }
}

/// A folder of its own for one test, removed afterwards.
func withTemporaryFolder(_ body: (URL) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appending(path: "records-\(UUID())")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder)
}
