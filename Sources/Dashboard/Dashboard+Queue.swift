import Campaigns
import Foundation
import Jobs
import Reporting

extension Dashboard {
  /// Jobs on one page.
  static let pageSize = 50
  /// The most jobs of one answer to a program.
  static let mostJobs = 1_000

  func queuePage(_ query: [String: String]) throws -> Answer {
    let choice = try Choice(query, most: Self.pageSize)
    let jobs = try self.jobs(choice)
    let counts = try store.counts()
    var older: String?
    if jobs.count > choice.limit {
      var parts = ["before=\(jobs[choice.limit - 1].id)"]
      if let state = choice.state { parts.append("state=\(state.rawValue)") }
      if let user = choice.user { parts.append("user=\(user.inAddress)") }
      older = "/?" + parts.joined(separator: "&")
    }
    return .page(
      QueueView(
        counts: JobState.allCases.compactMap { state in
          counts[state].map { (state.rawValue, $0) }
        },
        jobs: jobs.prefix(choice.limit).map(view), state: choice.state?.rawValue,
        user: choice.user, older: older, nights: nightLinks, results: resultLinks,
        models: modelLinks
      ).html())
  }

  func jobPage(_ id: Int64) throws -> Answer {
    let job = try store.job(id)
    return .page(
      JobDetailView(
        job: view(of: job), lines: logs.lastLines(of: id, most: 40),
        events: job.state.isFinal ? nil : "/api/v1/jobs/\(id)/events"
      ).html())
  }

  func apiJobs(_ query: [String: String]) throws -> Answer {
    struct Page: Encodable {
      let counts: [String: Int]
      let jobs: [JobView]
      let before: Int64?
    }
    let choice = try Choice(query, most: Self.mostJobs)
    let jobs = try self.jobs(choice)
    let shown = jobs.prefix(choice.limit)
    let counts = try store.counts().map { ($0.key.rawValue, $0.value) }
    return try .json(
      Page(
        counts: Dictionary(uniqueKeysWithValues: counts), jobs: shown.map(view),
        before: jobs.count > choice.limit ? shown.last?.id : nil))
  }

  func events(_ id: Int64) throws -> Answer {
    _ = try store.job(id)
    var answer = Answer(type: "text/event-stream; charset=utf-8", .events(job: id))
    answer.headers["x-accel-buffering"] = "no"
    return answer
  }

  func cancel(_ id: Int64) throws -> Answer {
    guard try store.cancel(id, at: now()) else {
      throw Fault(status: 409, message: "job \(id) has ended")
    }
    return try .json(view(of: store.job(id)))
  }

  func retry(_ id: Int64) throws -> Answer {
    try store.retry(id, at: now())
    return try .json(view(of: store.job(id)))
  }

  /// One more than are shown, to know whether there are older ones.
  private func jobs(_ choice: Choice) throws -> [Job] {
    try store.jobs(
      in: choice.state, of: choice.user, before: choice.before, limit: choice.limit + 1)
  }

  func view(of job: Job) -> JobView {
    let payload = CommandPayload(text: job.request.payload)
    return JobView(
      id: job.id, title: payload?.title ?? job.request.kind, state: job.state.rawValue,
      user: job.request.user, progress: progress(of: job), attempt: job.attempt,
      created: job.created.formatted(.iso8601), begun: job.begun?.formatted(.iso8601),
      finished: job.finished?.formatted(.iso8601), worker: job.worker, outcome: job.outcome,
      command: payload?.words ?? [])
  }

  /// What the verb itself says is newer than what the queue knows.
  private func progress(of job: Job) -> Double {
    guard job.state == .running, let told = CommandProgress(at: logs.progress(of: job.id)) else {
      return job.progress
    }
    return told.share
  }

  /// Which jobs are asked for.
  private struct Choice {
    var state: JobState?
    var user: String?
    var before: Int64?
    var limit: Int

    private static let longestName = 200

    init(_ query: [String: String], most: Int) throws {
      let known = ["state", "user", "before", "limit"]
      for name in query.keys.sorted() where !known.contains(name) {
        throw Fault(status: 400, message: "there is no parameter \(name.prefix(60))")
      }
      if let text = query["state"] {
        guard let state = JobState(rawValue: text) else {
          throw Fault(
            status: 400,
            message: "state is one of \(JobState.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        self.state = state
      }
      user = query["user"]
      guard (user?.unicodeScalars.count ?? 0) <= Self.longestName else {
        throw Fault(status: 400, message: "user has at most \(Self.longestName) characters")
      }
      before = try Self.number(query, "before", 1...Int64.max)
      limit = Int(try Self.number(query, "limit", 1...Int64(Dashboard.mostJobs)) ?? 50)
      limit = min(limit, most)
    }

    private static func number(
      _ query: [String: String], _ name: String, _ range: ClosedRange<Int64>
    ) throws -> Int64? {
      guard let text = query[name] else { return nil }
      guard let number = Int64(text), range.contains(number) else {
        throw Fault(
          status: 400,
          message: "\(name) is a whole number from \(range.lowerBound) to \(range.upperBound)")
      }
      return number
    }
  }
}

extension String {
  /// The text as a part of a path or a value of a query.
  var inAddress: String {
    let safe = CharacterSet(
      charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
    return addingPercentEncoding(withAllowedCharacters: safe) ?? ""
  }
}
