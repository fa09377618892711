public import ArgumentParser
import Campaigns
import Foundation
public import Jobs
import Provenance

struct JobsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jobs", abstract: "The jobs of the queue, the newest first.")
  @Option(
    help:
      "Only jobs in this state: blocked, scheduled, ready, running, succeeded, failed, cancelled.")
  var state: JobState?
  @Option(help: "Only jobs of this user.") var user: String?
  @Option(help: "At most so many.") var limit = 40
  @OptionGroup var queue: QueueOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let store = try queue.open()
    let jobs = try store.jobs(in: state, of: user, before: nil, limit: limit)
    let counts = try store.counts()
    if common.json {
      let rows = jobs.map { JobJSON($0) }
      print(String(decoding: try StableJSON.encode(rows), as: UTF8.self), terminator: "")
      return
    }
    if !jobs.isEmpty {
      JobText.table([JobText.header] + jobs.map { JobText(job: $0).fields }).forEach { print($0) }
    }
    let told = JobState.allCases.compactMap { state in
      counts[state].map { "\($0) \(state.rawValue)" }
    }
    print(told.isEmpty ? "the queue is empty" : told.joined(separator: ", "))
  }
}

extension JobState: ExpressibleByArgument {}

/// A job for a program.
struct JobJSON: Encodable {
  let id: Int64, state: String, title: String, user: String, priority: Int, attempt: Int
  let progress: Double, created: String, finished: String?, worker: String?, outcome: String?
  let command: [String]?

  init(_ job: Job) {
    let text = JobText(job: job)
    id = job.id
    state = job.state.rawValue
    title = text.title
    user = job.request.user
    priority = job.request.priority
    attempt = job.attempt
    progress = job.progress
    created = job.created.formatted(.iso8601)
    finished = job.finished?.formatted(.iso8601)
    worker = job.worker
    outcome = job.outcome
    command = text.payload?.words
  }
}

struct JobCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "job", abstract: "One job: what it does, how far it is, what it said.",
    discussion: "With --follow until it ends; exit code 3 where it failed or was cancelled then.")
  @Argument(help: "The job's number.") var number: Int64
  @Flag(help: "Show what it says until it ends.") var follow = false
  @Option(help: "So many of the last lines of its output.") var lines = 10
  @OptionGroup var queue: QueueOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let store = try queue.open()
    let job = try store.job(number)
    if common.json, !follow {
      print(String(decoding: try StableJSON.encode(JobJSON(job)), as: UTF8.self), terminator: "")
      return
    }
    let text = JobText(job: job)
    print("job \(job.id), \(text.title), \(job.state.rawValue)\(of(job))")
    if text.payload != nil { print("  \(text.command)") }
    if let outcome = job.outcome, !outcome.isEmpty { print("  \(outcome)") }
    let log = queue.logs.appending(path: "\(job.id).log")
    var reader = LogFollower(url: log)
    reader.next(last: lines).forEach { print("  | \($0)") }
    guard follow else { return }
    let stop = StopSignal()
    var current = job
    while !current.state.isFinal, !stop.isRequested {
      Thread.sleep(forTimeInterval: 0.3)
      reader.next().forEach { print("  | \($0)") }
      current = try store.job(number)
    }
    reader.next().forEach { print("  | \($0)") }
    guard current.state.isFinal else { return }
    print("job \(current.id) \(current.state.rawValue): \(current.outcome ?? "")")
    if current.state != .succeeded { throw ExitCode.badInput }
  }

  private func of(_ job: Job) -> String {
    var parts: [String] = []
    if job.state == .running { parts.append("by \(job.worker ?? "?")") }
    if job.attempt > 1 { parts.append("attempt \(job.attempt) of \(job.request.retry.attempts)") }
    return parts.isEmpty ? "" : " (" + parts.joined(separator: ", ") + ")"
  }
}

/// Reads what was added to a log since the last look.
struct LogFollower {
  let url: URL
  private var offset: UInt64 = 0

  init(url: URL) { self.url = url }

  /// The new lines; of them only the last ones where `last` says so.
  mutating func next(last: Int = .max) -> [String] {
    guard let handle = try? FileHandle(forReadingFrom: url) else { return [] }
    defer { try? handle.close() }
    let end = (try? handle.seekToEnd()) ?? 0
    // Of a log that is long already the end is enough.
    let start = last == .max ? offset : max(offset, end > 1 << 20 ? end - 1 << 20 : 0)
    try? handle.seek(toOffset: start)
    guard let data = try? handle.readToEnd(), let whole = data.lastIndex(of: UInt8(ascii: "\n"))
    else { return [] }
    offset = start + UInt64(data.distance(from: data.startIndex, to: whole)) + 1
    return String(decoding: data[...whole], as: UTF8.self).split(whereSeparator: \.isNewline)
      .suffix(last).map(String.init)
  }
}

struct CancelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel", abstract: "Withdraw a job; a running one is asked to stop.")
  @Argument(help: "The jobs' numbers.") var numbers: [Int64]
  @OptionGroup var queue: QueueOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let store = try queue.open()
    var lines: [String] = []
    for number in numbers {
      let isDone = try store.cancel(number, at: Date())
      let state = try store.job(number).state
      lines.append(
        !isDone
          ? "job \(number) had \(state.rawValue) already"
          : state == .running ? "job \(number) is asked to stop" : "job \(number) is cancelled")
    }
    try common.summarise(lines, json: ["jobs": numbers.map { "\($0)" }.joined(separator: ",")])
  }
}
