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
  @Option(help: "First forget jobs, and their logs, that ended more than so many days ago.")
  var forgetAfter: Double?
  @OptionGroup var queue: QueueOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let forgetAfter, !(forgetAfter >= 0) {
      throw ValidationError("--forget-after is 0 days or more")
    }
  }

  func run() throws {
    let store = try queue.open()
    if let forgetAfter {
      let count = try store.prune(endedBefore: Date(timeIntervalSinceNow: -86_400 * forgetAfter))
      queue.logs.removeLogs { (try? store.job($0)) == nil }
      common.terminal.say("\(count) jobs forgotten")
    }
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
  let progress: Double, losses: Int, created: String, begun: String?, finished: String?
  let worker: String?, outcome: String?
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
    losses = job.losses
    created = job.created.formatted(.iso8601)
    begun = job.begun?.formatted(.iso8601)
    finished = job.finished?.formatted(.iso8601)
    worker = job.worker
    outcome = job.outcome
    command = text.payload?.words
  }
}
