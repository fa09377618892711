public import Foundation
public import Jobs

/// Runs a verb of the command line as a process of its own.
///
/// A verb that takes too much memory, or meets a fault of a library, ends alone; the worker lives.
/// The process dies with its worker, and what it had done stands: every long verb goes on where it
/// was stopped when the same words are run again, which is what the next attempt does.
public struct CommandHandler: JobHandler {
  /// The kind of these jobs.
  public static let kind = "osong"
  /// The variable of the environment that holds the worker's process number: a verb that finds another
  /// parent at its beginning has lost its worker.
  public static let workerVariable = "OSONG_WORKER"
  /// The kind of these jobs.
  public var kind: String { Self.kind }

  private let program: URL
  private let logs: CommandLogs
  private let grace: Double

  /// A handler.
  ///
  /// - Parameters:
  ///   - program: the program whose verbs are run.
  ///   - logs: where each job's output is kept.
  ///   - grace: seconds between the wish to stop and the end.
  public init(program: URL, logs: CommandLogs, grace: Double = 20) {
    self.program = program
    self.logs = logs
    self.grace = grace
  }

  /// Runs the words, and follows how far they say they are.
  public func run(_ job: JobLease, _ control: JobControl) -> JobOutcome {
    guard let payload = CommandPayload(text: job.job.request.payload) else {
      return .rejection("its payload is no command")
    }
    let progress = logs.progress(of: job.id)
    defer { try? FileManager.default.removeItem(at: progress) }
    let process = process(of: payload)
    process.environment = ProcessInfo.processInfo.environment
      .merging([
        CommandProgress.variable: progress.path,
        Self.workerVariable: "\(ProcessInfo.processInfo.processIdentifier)",
      ]) { _, new in new }
    do {
      let output = try logs.open(job.id, attempt: job.job.attempt)
      process.standardOutput = output
      process.standardError = output
      try process.run()
      try output.close()
    } catch { return .failure("cannot be begun: \(error.localizedDescription)") }
    follow(process, progress, control)
    return outcome(of: process, job.id, control)
  }

  private func process(of payload: CommandPayload) -> Process {
    let process = Process()
    // Linux ends the child when the thread that began it ends. Of a worker that dies before this is
    // arranged the verb finds out by itself.
    let guardian = URL(filePath: "/usr/bin/setpriv")
    let isGuarded = FileManager.default.isExecutableFile(atPath: guardian.path)
    process.executableURL = isGuarded ? guardian : program
    process.arguments =
      (isGuarded ? ["--pdeathsig", "KILL", program.path] : []) + payload.words
    process.currentDirectoryURL = URL(filePath: payload.folder)
    process.standardInput = FileHandle.nullDevice
    return process
  }

  private func follow(_ process: Process, _ progress: URL, _ control: JobControl) {
    var asked: ContinuousClock.Instant?
    var looked = ContinuousClock.now
    var pause = 0.002
    while process.isRunning {
      if control.stopReason != nil {
        if let asked {
          if ContinuousClock.now - asked > .seconds(grace) {
            ProcessGroup.kill(process.processIdentifier)
          }
        } else {
          ProcessGroup.terminate(process.processIdentifier)
          asked = .now
        }
      }
      if ContinuousClock.now - looked > .seconds(1) {
        looked = .now
        if let told = CommandProgress(at: progress) { control.report(progress: told.share) }
      }
      Thread.sleep(forTimeInterval: pause)
      // Short verbs are not made to wait, long ones are not looked at all the time.
      pause = min(0.1, pause * 1.5)
    }
    process.waitUntilExit()
  }

  private func outcome(of process: Process, _ job: Int64, _ control: JobControl) -> JobOutcome {
    let last = logs.lastLine(of: job)
    let status = process.terminationStatus
    let isSignalled = process.terminationReason == .uncaughtSignal
    // What was done before the wish to stop came is done.
    if !isSignalled, status == 0 { return .success(last) }
    switch control.stopReason {
    case .cancelled: return .cancelled
    case .released, .lost: return .released
    case nil: break
    }
    if isSignalled { return .failure("ended by signal \(status): \(last)") }
    return logs.outcome(of: status, saying: last)
  }
}
