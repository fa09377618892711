import ArgumentParser
import Campaigns
import Foundation
import Jobs
import Provenance

struct JobCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "job", abstract: "One job: what it does, how far it is, what it said.",
    discussion: """
      With --follow until it ends; exit code 3 where it failed or was cancelled then, 75 where the \
      looking on was stopped (the job goes on).
      """)
  @Argument(help: "The job's number.") var number: Int64
  @Flag(help: "Show what it says until it ends.") var follow = false
  @Flag(help: "Try a job again that has failed, with its attempts counted anew.") var retry = false
  @Option(help: "So many of the last lines of its output.") var lines = 10
  @OptionGroup var queue: QueueOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard lines >= 0 else { throw ValidationError("--lines is at least 0") }
  }

  func run() throws {
    let store = try queue.open()
    if retry { try store.retry(number, at: Date()) }
    let job = try store.job(number)
    if common.json, !follow {
      print(String(decoding: try StableJSON.encode(JobJSON(job)), as: UTF8.self), terminator: "")
      return
    }
    let text = JobText(job: job)
    print("job \(job.id), \(text.title), \(job.state.rawValue)\(details(of: job))")
    if let payload = text.payload { print("  \(text.command)\n  in \(payload.folder)") }
    if let times = times(of: job) { print("  \(times)") }
    if let told = progress(of: job) { print("  \(told)") }
    if let outcome = job.outcome, !outcome.isEmpty { print("  \(outcome)") }
    var reader = LogFollower(url: queue.logs.log(of: job.id))
    reader.next(last: lines).forEach { print("  | \($0)") }
    if follow { try followUp(job, store, &reader) }
  }

  private func followUp(_ job: Job, _ store: SQLiteJobStore, _ reader: inout LogFollower) throws {
    let stop = StopSignal()
    let terminal = common.terminal
    var current = job
    while !current.state.isFinal, !stop.isRequested {
      Thread.sleep(forTimeInterval: 0.3)
      let news = reader.next()
      if !news.isEmpty { terminal.clear() }
      news.forEach { print("  | \($0)") }
      current = try store.job(number)
      if let told = CommandProgress(at: queue.logs.progress(of: number)) {
        terminal.show(told.stage, share: told.share)
      }
    }
    terminal.clear()
    reader.next().forEach { print("  | \($0)") }
    guard current.state.isFinal else { throw ExitCode.interrupted }
    print("job \(current.id) \(current.state.rawValue): \(current.outcome ?? "")")
    if current.state != .succeeded { throw ExitCode.badInput }
  }

  private func details(of job: Job) -> String {
    var parts: [String] = []
    if job.state == .running { parts.append("by \(job.worker ?? "?")") }
    if job.isCancelRequested, job.state == .running { parts.append("asked to stop") }
    if job.attempt > 1 { parts.append("begun \(job.attempt) times") }
    if job.losses > 0 { parts.append("workers lost: \(job.losses)") }
    return parts.isEmpty ? "" : " (" + parts.joined(separator: ", ") + ")"
  }

  private func times(of job: Job) -> String? {
    guard let begun = job.begun else {
      return job.state == .scheduled
        ? job.request.start.map { "from \($0.formatted(.iso8601))" } : nil
    }
    guard let finished = job.finished else { return "begun \(begun.formatted(.iso8601))" }
    let seconds = Int(finished.timeIntervalSince(begun).rounded())
    return "begun \(begun.formatted(.iso8601)), took \(seconds) s"
  }

  private func progress(of job: Job) -> String? {
    guard job.state == .running,
      let told = CommandProgress(at: queue.logs.progress(of: job.id))
    else { return nil }
    return "\(told.stage): \(Int(told.share * 100)) %\(told.remaining)"
  }
}
