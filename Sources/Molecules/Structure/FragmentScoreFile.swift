internal import Records

/// RDKit's file of fragment scores: a list of lists, each a score and then the ids that have it.
///
/// It is a Python pickle of protocol 0, which is text with one item a line. Only the seven
/// operations that such lists need are understood; nothing is executed, anything else is refused.
enum FragmentScoreFile {
  /// More than this is not RDKit's file, which holds 9 MB.
  private static let mostBytes = 64_000_000

  static func read(_ path: String) throws(RecordError) -> [UInt32: Float] {
    let source = try UnpackedBytes(.file(path))
    var bytes: [UInt8] = []
    while bytes.count < mostBytes, let piece = try source.next() { bytes += piece }
    guard let scores = parse(bytes) else {
      throw .unreadable(source: path, reason: "not RDKit's list of fragment scores")
    }
    return scores
  }

  static func parse(_ bytes: [UInt8]) -> [UInt32: Float]? {
    var scores: [UInt32: Float] = [:]
    scores.reserveCapacity(800_000)
    var score: Float?
    var position = 0
    while position < bytes.count {
      let operation = bytes[position]
      position += 1
      switch operation {
      case UInt8(ascii: "("), UInt8(ascii: "l"), UInt8(ascii: "a"): break  // mark, list, append
      case UInt8(ascii: "p"): _ = line(bytes, &position)  // remember, for references we never see
      case UInt8(ascii: "F"): score = Float(line(bytes, &position))
      case UInt8(ascii: "I"):
        guard let id = UInt32(line(bytes, &position)), let score else { return nil }
        scores[id] = score
      case UInt8(ascii: "."): return scores
      default: return nil
      }
    }
    return nil
  }

  private static func line(_ bytes: [UInt8], _ position: inout Int) -> String {
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
    defer { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }
}
