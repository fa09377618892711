public import Foundation

/// How far a verb is, as it tells whoever began it: one line in a file that it is given by name.
public struct CommandProgress: Hashable, Sendable {
  /// The variable of the environment that names the file.
  public static let variable = "OSONG_PROGRESS"

  /// The share done of what it does now, 0 to 1.
  public var share: Double
  /// What it does now.
  public var stage: String
  /// How long it will take, in words; empty where that cannot be told yet.
  public var remaining: String

  /// Describes how far a verb is.
  public init(share: Double, stage: String, remaining: String) {
    self.share = share
    self.stage = stage
    self.remaining = remaining
  }

  /// Reads the file; nil where there is none, or half a line.
  public init?(at file: URL) {
    guard let data = try? Data(contentsOf: file), data.last == UInt8(ascii: "\n") else {
      return nil
    }
    let fields = String(decoding: data, as: UTF8.self).dropLast()
      .split(separator: "\t", omittingEmptySubsequences: false)
    guard fields.count == 3, let share = Double(fields[0]), (0...1).contains(share) else {
      return nil
    }
    self.init(share: share, stage: String(fields[1]), remaining: String(fields[2]))
  }

  /// Writes the file.
  ///
  /// What cannot be written is not worth stopping for.
  public func write(to file: URL) {
    let words = [stage, remaining].map { text in
      String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
    }
    try? Data("\(share)\t\(words[0])\t\(words[1])\n".utf8).write(to: file)
  }
}
