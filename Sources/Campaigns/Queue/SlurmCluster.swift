public import Foundation
import Synchronization

/// The commands of a Slurm cluster: `sbatch`, `squeue`, `scancel`.
///
/// One look at the queue serves all jobs that ask within some seconds, so that hundreds of jobs do not
/// weigh on the controller.
public final class SlurmCluster: Sendable {
  /// Why the cluster did not do what was asked.
  struct Fault: Error, CustomStringConvertible {
    let description: String
  }

  /// A job as the cluster sees it.
  struct Entry: Hashable {
    let id: String, name: String, state: String

    /// Whether it still waits or runs.
    var isAlive: Bool {
      [
        "PENDING", "CONFIGURING", "RUNNING", "COMPLETING", "SUSPENDED", "STOPPED", "RESIZING",
        "REQUEUED", "REQUEUE_HOLD", "REQUEUE_FED", "SIGNALING", "STAGE_OUT",
      ].contains(state)
    }
  }

  /// Seconds between looks at the queue.
  let pause: Double
  private let commands: URL?
  private let options: [String]
  private let seen = Mutex<(at: ContinuousClock.Instant, entries: [Entry])?>(nil)

  /// A cluster.
  ///
  /// - Parameters:
  ///   - options: more options for `sbatch`, such as `--partition=main`.
  ///   - commands: the folder of the commands, where they are not on the path.
  public init(options: [String] = [], commands: URL? = nil, pause: Double = 2) {
    self.options = options
    self.commands = commands
    self.pause = pause
  }

  /// Hands a script to the cluster; returns the number of its job.
  func submit(_ script: String, name: String, folder: String, log: URL) throws(Fault) -> String {
    let answer = try run(
      "sbatch",
      [
        "--parsable", "--job-name", name, "--chdir", folder, "--output", log.path,
        "--open-mode", "append", "--no-requeue",
      ] + options, input: script)
    seen.withLock { $0 = nil }
    // With several clusters the answer is `number;cluster`.
    let id = answer.prefix { $0.isNumber }
    guard !id.isEmpty else { throw Fault(description: "sbatch answered `\(answer.prefix(200))`") }
    return String(id)
  }

  /// The jobs of this user that wait or run, and those that ended a moment ago.
  func jobs() throws(Fault) -> [Entry] {
    let known = seen.withLock { seen in
      seen.flatMap { ContinuousClock.now - $0.at < .seconds(pause) ? $0.entries : nil }
    }
    if let known { return known }
    let entries = try run(
      "squeue", ["--me", "--noheader", "--states=all", "--format=%A|%j|%T"]
    ).split(whereSeparator: \.isNewline).compactMap { line -> Entry? in
      let fields = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      return fields.count == 3 ? Entry(id: fields[0], name: fields[1], state: fields[2]) : nil
    }
    seen.withLock { $0 = (.now, entries) }
    return entries
  }

  /// Asks a job to stop; ends it where `now` says so.
  func cancel(_ id: String, now: Bool) throws(Fault) {
    _ = try run("scancel", (now ? [] : ["--signal=TERM", "--full"]) + [id])
  }

  private func run(_ command: String, _ arguments: [String], input: String = "") throws(Fault)
    -> String
  {
    let process = Process()
    process.executableURL = commands?.appending(path: command) ?? URL(filePath: "/usr/bin/env")
    process.arguments = (commands == nil ? [command] : []) + arguments
    let (asked, answered, complained) = (Pipe(), Pipe(), Pipe())
    process.standardInput = asked
    process.standardOutput = answered
    process.standardError = complained
    do {
      try process.run()
      // A script is far smaller than what a pipe holds.
      try asked.fileHandleForWriting.write(contentsOf: Data(input.utf8))
      try asked.fileHandleForWriting.close()
      let answer = try answered.fileHandleForReading.readToEnd() ?? Data()
      let complaint = try complained.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      guard process.terminationStatus == 0 else {
        throw Fault(
          description: "\(command): "
            + String(decoding: complaint.prefix(400), as: UTF8.self)
            .split(whereSeparator: \.isNewline).joined(separator: " "))
      }
      return String(decoding: answer, as: UTF8.self)
    } catch let fault as Fault { throw fault } catch {
      throw Fault(description: "\(command): \(error.localizedDescription)")
    }
  }
}
