import Foundation
import Jobs
import Reporting

/// Those who follow the progress of jobs: the queue is looked at twice a second for all of them
/// together, however many there are.
actor Followers {
  private let dashboard: Dashboard
  private let pause: Duration
  private var listeners: [Int64: [Int: AsyncStream<String>.Continuation]] = [:]
  private var last: [Int64: String] = [:]
  private var next = 0
  private var round: Task<Void, Never>?
  /// More than these are sent away.
  static let most = 4_096

  init(_ dashboard: Dashboard, pause: Duration = .milliseconds(500)) {
    self.dashboard = dashboard
    self.pause = pause
  }

  /// The states of a job, one line of JSON each, until it has ended; nil where too many follow.
  func follow(_ job: Int64) -> AsyncStream<String>? {
    guard listeners.values.reduce(0, { $0 + $1.count }) < Self.most else { return nil }
    next += 1
    let number = next
    // Who is slow hears the newest state only.
    let (stream, continuation) = AsyncStream.makeStream(
      of: String.self, bufferingPolicy: .bufferingNewest(1))
    continuation.onTermination = { _ in Task { await self.leave(job, number) } }
    listeners[job, default: [:]][number] = continuation
    if let known = last[job] { continuation.yield(known) }
    if round == nil { round = Task { await self.look() } }
    return stream
  }

  /// Ends all streams.
  func close() {
    for all in listeners.values { for listener in all.values { listener.finish() } }
    listeners = [:]
    round?.cancel()
  }

  private func leave(_ job: Int64, _ number: Int) {
    listeners[job]?[number] = nil
    if listeners[job]?.isEmpty == true {
      listeners[job] = nil
      last[job] = nil
    }
  }

  private func look() async {
    while !listeners.isEmpty, !Task.isCancelled {
      for job in listeners.keys { tell(job) }
      try? await Task.sleep(for: pause)
    }
    round = nil
  }

  private func tell(_ id: Int64) {
    // A queue that cannot be read now is asked again in the next round.
    guard let job = try? dashboard.store.job(id) else { return }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(dashboard.view(of: job)) else { return }
    let text = String(decoding: data, as: UTF8.self)
    let isNews = last[id] != text
    last[id] = text
    for listener in (listeners[id] ?? [:]).values {
      if isNews { listener.yield(text) }
      if job.state.isFinal { listener.finish() }
    }
    if job.state.isFinal {
      listeners[id] = nil
      last[id] = nil
    }
  }
}
