import Foundation
import Provenance

/// What a screen stores of one row.
struct RowScore: Hashable, Sendable {
  /// The number to order by, larger is better; NaN where the structure cannot be read.
  let score: Float
  /// The predicted value, in the endpoint's unit; another number where the ranking is cautious.
  let value: Float

  static let unreadable = RowScore(score: .nan, value: .nan)
}

/// Scores of whole segments, kept on disk until their screen is finished.
struct ScoreStore: Sendable {
  private let folder: URL

  /// Opens the store of one library, model and ranking; scores of any other are removed.
  init(in workFolder: URL, key: Digest) throws {
    folder = workFolder.appending(path: "scores-\(key.short)")
    let files = FileManager.default
    try files.createDirectory(at: workFolder, withIntermediateDirectories: true)
    for name in try files.contentsOfDirectory(atPath: workFolder.path)
    where name.hasPrefix("scores-") && name != folder.lastPathComponent {
      try files.removeItem(at: workFolder.appending(path: name))
    }
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func file(_ segment: Int) -> URL { folder.appending(path: "\(segment).scores") }

  func has(_ segment: Int, rows: Int) -> Bool {
    let size = try? FileManager.default.attributesOfItem(atPath: file(segment).path)[.size]
    return (size as? NSNumber)?.intValue == rows * 8
  }

  func save(_ scores: [RowScore], _ segment: Int) throws {
    var bytes = Data(capacity: scores.count * 8)
    for number in scores.lazy.flatMap({ [$0.score, $0.value] }) {
      let pattern = number.bitPattern
      for shift in stride(from: UInt32(0), to: 32, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: pattern >> shift))
      }
    }
    try AtomicFile.write(bytes, to: file(segment))
  }

  func load(_ segment: Int) throws -> [RowScore] {
    let bytes = [UInt8](try Data(contentsOf: file(segment)))
    func number(_ start: Int) -> Float {
      var pattern: UInt32 = 0
      for place in 0..<4 { pattern |= UInt32(bytes[start + place]) << UInt32(8 * place) }
      return Float(bitPattern: pattern)
    }
    return stride(from: 0, to: bytes.count - 7, by: 8).map {
      RowScore(score: number($0), value: number($0 + 4))
    }
  }

  func discard() {
    try? FileManager.default.removeItem(at: folder.deletingLastPathComponent())
  }
}
