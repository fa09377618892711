import Foundation

/// What a queued verb needs to be run.
public struct CommandPayload: Codable, Hashable, Sendable {
  /// The plan's name.
  public var plan: String
  /// The step's name.
  public var step: String
  /// The words behind `osong`.
  public var words: [String]
  /// The folder in which it runs.
  public var folder: String

  /// The plan and the step, as a reader calls the job.
  public var title: String { plan == step ? plan : "\(plan)/\(step)" }

  /// The payload as text.
  public var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// Describes a payload.
  public init(plan: String, step: String, words: [String], folder: String) {
    self.plan = plan
    self.step = step
    self.words = words
    self.folder = folder
  }

  /// Reads a payload; nil where it is none.
  public init?(text: String) {
    guard let found = try? JSONDecoder().decode(CommandPayload.self, from: Data(text.utf8)) else {
      return nil
    }
    self = found
  }
}
