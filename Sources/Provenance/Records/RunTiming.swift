public import Foundation

/// What differs from one run to the next although the result does not: the content of
/// `timing.json`.
public struct RunTiming: Codable, Hashable, Sendable {
  /// One stage of a run.
  public struct Stage: Codable, Hashable, Sendable {
    /// What was done.
    public var name: String
    /// How long it took on the wall clock, in seconds.
    public var seconds: Double

    /// Creates a stage.
    public init(name: String, seconds: Double) {
      self.name = name
      self.seconds = seconds
    }
  }

  /// The command line as it was typed, word by word.
  public var commandLine: [String]
  /// When the run began, in UTC, as in `2026-11-24T20:00:00Z`.
  public var startedAt: String
  /// How many threads were allowed.
  public var threads: Int
  /// The stages in their order.
  public var stages: [Stage]

  /// Creates a timing that has no stages yet.
  public init(commandLine: [String], startedAt: Date, threads: Int, stages: [Stage] = []) {
    self.commandLine = commandLine
    self.startedAt = startedAt.formatted(.iso8601)
    self.threads = threads
    self.stages = stages
  }

  /// The name under which the timing stands in a result folder.
  public static let fileName = "timing.json"

  /// Does one stage and notes how long it took.
  public mutating func measure<Result>(
    _ name: String, clock: ContinuousClock = ContinuousClock(), _ work: () throws -> Result
  ) rethrows -> Result {
    let start = clock.now
    defer { stages.append(Stage(name: name, seconds: (clock.now - start) / .seconds(1))) }
    return try work()
  }

  /// Writes the timing into a result folder.
  public func write(into folder: URL) throws {
    try StableJSON.write(self, to: folder.appending(path: RunTiming.fileName))
  }
}
