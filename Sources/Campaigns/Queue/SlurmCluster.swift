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

  /// An element of an array job as the cluster sees it.
  struct Entry: Hashable {
    let array: String, element: SlurmElement, state: String

    /// How the cluster's commands call it.
    var id: String { "\(array)_\(element.index)" }

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
  private let seen = Mutex(Seen())

  /// The last look at the queue, and how many arrays were handed over so far: a look that began before
  /// the last one does not know it.
  private struct Seen {
    var last: (at: ContinuousClock.Instant, entries: [Entry])?
    var arrays = 0
  }

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

  /// Hands an array job of some elements to the cluster, all of which run the script.
  ///
  /// Each element says by itself where its output goes.
  func submit(_ script: String, name: String, elements: Int, folder: URL) throws(Fault) {
    _ = try run(
      "sbatch",
      [
        "--parsable", "--array=0-\(elements - 1)", "--job-name", name, "--chdir", folder.path,
        "--output", "/dev/null", "--no-requeue",
      ] + options, input: script)
    seen.withLock { seen in
      seen.last = nil
      seen.arrays += 1
    }
  }

  /// The elements of this user's arrays that wait or run, and those that ended a moment ago.
  func elements() throws(Fault) -> [Entry] {
    let (known, arrays) = seen.withLock { seen in
      (
        seen.last.flatMap { ContinuousClock.now - $0.at < .seconds(pause) ? $0.entries : nil },
        seen.arrays
      )
    }
    if let known { return known }
    let entries = try run(
      "squeue", ["--me", "--array", "--noheader", "--states=all", "--format=%F|%K|%j|%T"]
    ).split(whereSeparator: \.isNewline).compactMap { line -> Entry? in
      let fields = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      // Jobs that are no elements show no number there.
      guard fields.count == 4, let index = Int(fields[1]) else { return nil }
      return Entry(
        array: fields[0], element: SlurmElement(name: fields[2], index: index), state: fields[3])
    }
    seen.withLock { if $0.arrays == arrays { $0.last = (.now, entries) } }
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
