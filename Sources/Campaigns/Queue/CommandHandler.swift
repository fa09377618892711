public import Foundation
public import Jobs

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

  /// A payload as text.
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

/// Runs a verb of the command line as a process of its own.
///
/// A verb that takes too much memory, or meets a fault of a library, ends alone; the worker lives.
/// The process dies with its worker, and what it had done stands: every long verb goes on where it
/// was stopped when the same words are run again, which is what the next attempt does.
public struct CommandHandler: JobHandler {
  /// The kind of these jobs.
  public static let kind = "osong"
  /// The kind of these jobs.
  public var kind: String { Self.kind }

  /// The program.
  public let program: URL
  /// Where each job's output is kept.
  public let logs: URL
  /// Seconds between the wish to stop and the end.
  public let grace: Double

  /// A handler.
  public init(program: URL, logs: URL, grace: Double = 20) {
    self.program = program
    self.logs = logs
    self.grace = grace
  }

  /// The file that holds a job's output.
  public func log(of job: Int64) -> URL { logs.appending(path: "\(job).log") }

  /// Runs the words, and follows the share that the verb tells in its log.
  public func run(_ job: JobLease, _ control: JobControl) -> JobOutcome {
    guard let payload = CommandPayload(text: job.job.request.payload) else {
      return .rejection("its payload is no command")
    }
    let process = Process()
    // Linux ends the child when the thread that began it ends, so no verb outlives its worker.
    let guardian = URL(filePath: "/usr/bin/setpriv")
    let isGuarded = FileManager.default.isExecutableFile(atPath: guardian.path)
    process.executableURL = isGuarded ? guardian : program
    process.arguments =
      (isGuarded ? ["--pdeathsig", "KILL", program.path] : []) + payload.words
    process.currentDirectoryURL = URL(filePath: payload.folder)
    process.standardInput = FileHandle.nullDevice
    let log = log(of: job.id)
    do {
      try FileManager.default.createDirectory(at: logs, withIntermediateDirectories: true)
      if !FileManager.default.fileExists(atPath: log.path) { try Data().write(to: log) }
      let output = try FileHandle(forWritingTo: log)
      try output.seekToEnd()
      try output.write(contentsOf: Data("--- attempt \(job.job.attempt)\n".utf8))
      process.standardOutput = output
      process.standardError = output
      try process.run()
    } catch { return .failure("cannot be begun: \(error.localizedDescription)") }
    return wait(for: process, log, control)
  }

  private func wait(for process: Process, _ log: URL, _ control: JobControl) -> JobOutcome {
    var asked: ContinuousClock.Instant?
    while process.isRunning {
      if control.stopReason != nil {
        if let asked {
          if ContinuousClock.now - asked > .seconds(grace) {
            ProcessEnd.kill(process.processIdentifier)
          }
        } else {
          process.terminate()
          asked = .now
        }
      }
      Thread.sleep(forTimeInterval: 0.05)
    }
    process.waitUntilExit()
    switch control.stopReason {
    case .cancelled: return .cancelled
    case .released, .lost: return .released
    case nil: break
    }
    let last = Self.lastLine(of: log)
    if process.terminationReason == .uncaughtSignal {
      return .failure("ended by signal \(process.terminationStatus): \(last)")
    }
    switch process.terminationStatus {
    case 0: return .success(last)
    // Wrong usage and unusable input are no better the next time.
    case 2, 3: return .rejection(last)
    case 4: return .rejection("too many rows were refused: \(last)")
    case 75: return .failure("was interrupted: \(last)")
    case let code: return .failure("ended with code \(code): \(last)")
    }
  }

  static func lastLine(of log: URL) -> String {
    guard let handle = try? FileHandle(forReadingFrom: log) else { return "" }
    defer { try? handle.close() }
    let end = (try? handle.seekToEnd()) ?? 0
    try? handle.seek(toOffset: end > 4_000 ? end - 4_000 : 0)
    let text = String(decoding: (try? handle.readToEnd()) ?? Data(), as: UTF8.self)
    let lines = text.split(whereSeparator: \.isNewline).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    return String((lines.last { !$0.isEmpty && !$0.hasPrefix("---") } ?? "").prefix(500))
  }
}
