public import Foundation
public import Jobs

/// Runs a verb of the command line as an element of a Slurm cluster's array job.
///
/// Only the worker that holds the lease touches the queue; the verb talks through files in the logs'
/// folder, which all nodes must see: its output, how far it is, and its exit code. A worker that ends
/// leaves its elements on the cluster, and the next one finds them by name, or what they left behind.
public struct SlurmHandler: JobHandler {
  /// The kind of these jobs.
  public var kind: String { CommandHandler.kind }

  private let program: URL
  private let logs: CommandLogs
  private let cluster: SlurmCluster
  private let arrays: SlurmArrays
  private let grace: Double

  /// A handler; `program` is where the nodes find it, and what is begun within `window` seconds becomes
  /// one array.
  public init(
    program: URL, logs: CommandLogs, cluster: SlurmCluster, grace: Double = 20, window: Double = 0.5
  ) {
    arrays = SlurmArrays(on: cluster, logs: logs, window: window)
    self.program = program
    self.logs = logs
    self.cluster = cluster
    self.grace = grace
  }

  /// Runs the words on the cluster, or goes on with those that an earlier worker had begun.
  public func run(_ job: JobLease, _ control: JobControl) -> JobOutcome {
    guard let payload = CommandPayload(text: job.job.request.payload) else {
      return .rejection("its payload is no command")
    }
    do {
      let element = try begin(job, payload)
      let seen = try follow(element, job.id, control)
      return seen.map { outcome(of: job.id, $0, control) } ?? .released
    } catch {
      return .failure("\(error)")
    }
  }

  /// The element on the cluster; nil where an earlier one has ended and left its exit code.
  private func begin(_ job: JobLease, _ payload: CommandPayload) throws -> SlurmElement? {
    if let old = SlurmElement(in: logs.element(of: job.id)),
      try cluster.elements().contains(where: { $0.element == old && $0.isAlive })
    {
      return old
    }
    // What is there was not read yet: the worker that began it has died.
    if FileManager.default.fileExists(atPath: logs.exit(of: job.id).path) { return nil }
    try logs.open(job.id, attempt: job.job.attempt).close()
    try Data(script(job.id, payload).utf8).write(to: logs.script(of: job.id), options: .atomic)
    return try arrays.submit(job.id, fence: job.fence)
  }

  /// How an element was seen last: its number on the cluster, and its state.
  private struct Sight {
    var id = "", state = "gone"
  }

  /// Waits for the end, and tells how the cluster saw the element last; nil where the worker is to let
  /// go of it.
  private func follow(
    _ element: SlurmElement?, _ job: Int64, _ control: JobControl
  ) throws -> Sight? {
    var sight = Sight()
    guard let element else { return sight }
    var asked: ContinuousClock.Instant?
    var silence: ContinuousClock.Instant?
    while true {
      do throws(SlurmCluster.Fault) {
        let entry = try cluster.elements().first { $0.element == element }
        silence = nil
        if let entry { sight = Sight(id: entry.id, state: entry.state) }
        guard let entry, entry.isAlive else { return sight }
      } catch {
        // A controller that is started anew knows its jobs again.
        let since = silence ?? .now
        silence = since
        if ContinuousClock.now - since > .seconds(600) { throw error }
      }
      switch control.stopReason {
      case .released, .lost: return nil
      case .cancelled:
        let since = asked ?? .now
        let isLate = ContinuousClock.now - since > .seconds(grace)
        if asked == nil || isLate, !sight.id.isEmpty { try? cluster.cancel(sight.id, now: isLate) }
        asked = since
      case nil: break
      }
      if let told = CommandProgress(at: logs.progress(of: job)) {
        control.report(progress: told.share)
      }
      Thread.sleep(forTimeInterval: min(1, cluster.pause))
    }
  }

  private func outcome(of job: Int64, _ sight: Sight, _ control: JobControl) -> JobOutcome {
    let file = logs.exit(of: job)
    defer {
      for used in [file, logs.progress(of: job), logs.element(of: job), logs.script(of: job)] {
        try? FileManager.default.removeItem(at: used)
      }
    }
    var code: Int32?
    // A shared folder may show a new file late.
    for _ in 0..<50 where code == nil && control.stopReason != .cancelled {
      code = exitCode(in: file)
      if code == nil { Thread.sleep(forTimeInterval: 0.1) }
    }
    code = code ?? exitCode(in: file)
    if code != 0, control.stopReason == .cancelled { return .cancelled }
    guard let code else {
      // Killed, out of memory or time, preempted, its node lost: another try may do better.
      return .failure("its Slurm job \(sight.id) ended as \(sight.state), without an exit code")
    }
    return logs.outcome(of: code, saying: logs.lastLine(of: job))
  }

  private func exitCode(in file: URL) -> Int32? {
    (try? String(contentsOf: file, encoding: .utf8)).flatMap {
      Int32($0.trimmingCharacters(in: .whitespacesAndNewlines))
    }
  }

  private func script(_ job: Int64, _ payload: CommandPayload) -> String {
    let words = ([program.path] + payload.words).map(Self.quoted).joined(separator: " ")
    let exit = Self.quoted(logs.exit(of: job).path)
    return """
      #!/bin/sh
      trap : TERM
      cd \(Self.quoted(payload.folder)) || exit 1
      export \(CommandProgress.variable)=\(Self.quoted(logs.progress(of: job).path))
      \(words)
      code=$?
      echo $code > \(exit).new && mv \(exit).new \(exit)
      exit $code

      """
  }

  /// A word that a shell takes as it stands.
  static func quoted(_ word: String) -> String {
    "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
