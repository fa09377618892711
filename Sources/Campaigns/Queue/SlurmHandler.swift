public import Foundation
public import Jobs
import Provenance

/// Runs a verb of the command line as a job of a Slurm cluster.
///
/// Only the worker that holds the lease touches the queue; the verb talks through files in the logs'
/// folder, which all nodes must see: its output, how far it is, and its exit code. A worker that ends
/// leaves its jobs on the cluster, and the next one finds them by name, or what they left behind.
public struct SlurmHandler: JobHandler {
  /// The kind of these jobs.
  public var kind: String { CommandHandler.kind }

  private let program: URL
  private let logs: CommandLogs
  private let cluster: SlurmCluster
  private let grace: Double

  /// A handler; `program` is where the nodes find it.
  public init(program: URL, logs: CommandLogs, cluster: SlurmCluster, grace: Double = 20) {
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
      let id = try begin(job, payload)
      let state = try follow(id, job.id, control)
      if let state { return outcome(of: job.id, slurm: id, state, control) }
      return .released
    } catch {
      return .failure("\(error)")
    }
  }

  /// The number of the job on the cluster; nil where an earlier one has ended and left its exit code.
  private func begin(_ job: JobLease, _ payload: CommandPayload) throws -> String? {
    let name = name(of: job.id)
    if let old = try cluster.jobs().first(where: { $0.name == name && $0.isAlive }) {
      return old.id
    }
    // What is there was not read yet: the worker that began it has died.
    if FileManager.default.fileExists(atPath: logs.exit(of: job.id).path) { return nil }
    try logs.open(job.id, attempt: job.job.attempt).close()
    return try cluster.submit(
      script(job.id, payload), name: name, folder: payload.folder, log: logs.log(of: job.id))
  }

  /// Waits for the end, and tells the state in which the cluster saw the job last; nil where the worker
  /// is to let go of it.
  private func follow(_ id: String?, _ job: Int64, _ control: JobControl) throws -> String? {
    guard let id else { return "COMPLETED" }
    var asked: ContinuousClock.Instant?
    var silence: ContinuousClock.Instant?
    while true {
      do throws(SlurmCluster.Fault) {
        let entry = try cluster.jobs().first { $0.id == id }
        silence = nil
        guard let entry, entry.isAlive else { return entry?.state ?? "gone" }
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
        if asked == nil || isLate { try? cluster.cancel(id, now: isLate) }
        asked = since
      case nil: break
      }
      if let told = CommandProgress(at: logs.progress(of: job)) {
        control.report(progress: told.share)
      }
      Thread.sleep(forTimeInterval: min(1, cluster.pause))
    }
  }

  private func outcome(
    of job: Int64, slurm id: String?, _ state: String, _ control: JobControl
  ) -> JobOutcome {
    let file = logs.exit(of: job)
    defer {
      for used in [file, logs.progress(of: job)] { try? FileManager.default.removeItem(at: used) }
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
      return .failure("its Slurm job \(id ?? "") ended as \(state), without an exit code")
    }
    return logs.outcome(of: code, saying: logs.lastLine(of: job))
  }

  private func exitCode(in file: URL) -> Int32? {
    (try? String(contentsOf: file, encoding: .utf8)).flatMap {
      Int32($0.trimmingCharacters(in: .whitespacesAndNewlines))
    }
  }

  /// Unique among the queues of a user: two queues have their logs in two folders.
  private func name(of job: Int64) -> String {
    let hash = ContentKey(of: logs.folder.path).high
    return "osong-\(String(hash, radix: 36))-\(job)"
  }

  private func script(_ job: Int64, _ payload: CommandPayload) -> String {
    let words = ([program.path] + payload.words).map(Self.quoted).joined(separator: " ")
    let exit = Self.quoted(logs.exit(of: job).path)
    return """
      #!/bin/sh
      trap : TERM
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
