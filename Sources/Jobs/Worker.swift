public import Foundation
import Synchronization

/// Takes jobs from a store and works on them in threads, until it is told to stop.
///
/// A thread of its own keeps the books: it claims, says that the worker lives, hears of
/// cancellations, takes jobs back from workers that died, and writes outcomes in batches. A worker
/// that is killed leaves leases that end; one that is stopped gives its jobs back.
public final class Worker: Sendable {
  /// How a worker works.
  public struct Settings: Hashable, Sendable {
    /// Jobs at once.
    public var threads: Int
    /// Jobs that are claimed beyond those that run, for jobs of milliseconds.
    public var reserve: Int
    /// Seconds until others think it dead.
    public var lease: Double
    /// The longest pause between looks at an empty queue, in seconds.
    public var pause: Double
    /// Seconds for which a queue that cannot be used (disk full, locked) is asked again.
    public var patience: Double
    /// Whether to end when there is nothing left to do.
    public var endsWhenIdle: Bool

    /// The usual settings.
    public init(
      threads: Int = 1, reserve: Int = 0, lease: Double = 30, pause: Double = 1,
      patience: Double = 300, endsWhenIdle: Bool = false
    ) {
      self.threads = max(1, threads)
      self.reserve = max(0, reserve)
      self.lease = max(0.1, lease)
      self.pause = max(0.01, pause)
      self.patience = max(0, patience)
      self.endsWhenIdle = endsWhenIdle
    }
  }

  /// What a worker did.
  public struct Tally: Hashable, Sendable {
    /// Attempts whose outcome was written.
    public var finished = 0
    /// Attempts whose lease was lost before.
    public var lost = 0
    /// Jobs taken back from workers that died.
    public var rescued = 0
  }

  private let store: any JobStore
  private let handlers: [String: any JobHandler]
  private let name: String
  private let settings: Settings
  private let now: @Sendable () -> Date
  private let desk = Mutex(Desk())
  /// Rings when a job is there for a thread, or an outcome for the books.
  private let work = DispatchSemaphore(value: 0)
  private let news = DispatchSemaphore(value: 0)

  /// What lies between the books and the threads.
  private struct Desk {
    var waiting: [(JobLease, JobControl)] = []
    var running: [Int64: (lease: JobLease, control: JobControl)] = [:]
    var done: [(JobLease, JobOutcome)] = []
    var isClosed = false

    var held: Int { waiting.count + running.count }
  }

  /// A worker.
  ///
  /// - Parameter name: unique among the workers of a store, such as host and process number.
  public init(
    _ name: String, on store: any JobStore, handlers: [any JobHandler],
    settings: Settings = Settings(), now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.name = name
    self.store = store
    self.handlers = Dictionary(handlers.map { ($0.kind, $0) }, uniquingKeysWith: { one, _ in one })
    self.settings = settings
    self.now = now
  }

  /// Works until `shouldStop` says so, or until there is nothing left.
  public func run(shouldStop: () -> Bool) throws(JobStoreError) -> Tally {
    for _ in 0..<settings.threads {
      let thread = Thread { [self] in serve() }
      thread.stackSize = 8 << 20
      thread.start()
    }
    defer {
      desk.withLock { $0.isClosed = true }
      for _ in 0..<settings.threads { work.signal() }
    }
    var round = Round()
    var pause = 0.01
    var trouble: ContinuousClock.Instant?
    while true {
      do throws(JobStoreError) {
        if try look(&round, isStopping: shouldStop()) { return round.tally }
        trouble = nil
        pause = round.claimed > 0 ? 0.01 : min(settings.pause, pause * 2)
      } catch .unavailable(let detail) {
        // What was done meanwhile is kept at hand, and written when there is room again.
        let since = trouble ?? .now
        trouble = since
        guard ContinuousClock.now - since < .seconds(settings.patience) else {
          throw .unavailable(detail)
        }
        pause = min(settings.pause, pause * 2)
      }
      _ = news.wait(timeout: .now() + pause)
    }
  }

  /// What the books remember from one look to the next.
  private struct Round {
    var tally = Tally()
    var heartbeat = Date.distantPast
    var rescue = Date.distantPast
    var claimed = 0
  }

  /// One look at the queue; true when the worker's life is over.
  private func look(_ round: inout Round, isStopping: Bool) throws(JobStoreError) -> Bool {
    try writeOutcomes(&round.tally)
    let instant = now()
    // A clock that was set back must not silence the worker.
    if instant >= round.rescue || instant < round.rescue.addingTimeInterval(-settings.lease) {
      round.tally.rescued += try store.rescue(at: instant)
      round.rescue = instant.addingTimeInterval(settings.lease / 2)
    }
    if instant >= round.heartbeat || instant < round.heartbeat.addingTimeInterval(-settings.lease) {
      try renew()
      round.heartbeat = instant.addingTimeInterval(settings.lease / 4)
    }
    if isStopping { giveBack() }
    round.claimed = isStopping ? 0 : try claim()
    guard desk.withLock({ $0.held + $0.done.count }) == 0 else { return false }
    if isStopping { return true }
    guard round.claimed == 0, settings.endsWhenIdle else { return false }
    return try isIdle()
  }

  /// Whether nothing is left that this worker could ever do; jobs of others that run may fail and
  /// come back, so they count.
  private func isIdle() throws(JobStoreError) -> Bool {
    let counts = try store.counts()
    return [JobState.ready, .scheduled, .running, .blocked].allSatisfy {
      counts[$0, default: 0] == 0
    }
  }

  private func claim() throws(JobStoreError) -> Int {
    let room = settings.threads + settings.reserve - desk.withLock { $0.held }
    // A large reserve is filled in large steps, or each finished job would cost a transaction.
    guard room > settings.reserve / 2 else { return 0 }
    let leases = try store.claim(
      room, of: Set(handlers.keys), for: name, lease: settings.lease, at: now())
    desk.withLock { desk in desk.waiting += leases.map { ($0, JobControl()) } }
    for _ in leases { work.signal() }
    return leases.count
  }

  private func renew() throws(JobStoreError) {
    let held = desk.withLock { desk in
      desk.running.values.map { ($0.lease, $0.control) } + desk.waiting
    }
    for (lease, control) in held.sorted(by: { $0.0.id < $1.0.id }) {
      switch try store.renew(lease, progress: control.progress, lease: settings.lease, at: now()) {
      case .renewed: break
      case .cancelRequested: control.stop(.cancelled)
      case .lost: control.stop(.lost)
      }
    }
  }

  /// Jobs that were not begun go back at once; those that run are asked to stop.
  private func giveBack() {
    desk.withLock { desk in
      desk.done += desk.waiting.map { ($0.0, .released) }
      desk.waiting = []
      for running in desk.running.values { running.control.stop(.released) }
    }
  }

  private func writeOutcomes(_ tally: inout Tally) throws(JobStoreError) {
    // Only the books take from `done`, so its first ones are the same after they were written.
    let outcomes = desk.withLock { $0.done }
    guard !outcomes.isEmpty else { return }
    let written = try store.finish(outcomes, at: now())
    desk.withLock { $0.done.removeFirst(outcomes.count) }
    for isWritten in written {
      if isWritten { tally.finished += 1 } else { tally.lost += 1 }
    }
  }

  /// A thread's life.
  private func serve() {
    while true {
      work.wait()
      let next = desk.withLock { desk -> (JobLease, JobControl)?? in
        if desk.isClosed { return .some(nil) }
        guard !desk.waiting.isEmpty else { return nil }
        let (lease, control) = desk.waiting.removeFirst()
        desk.running[lease.id] = (lease, control)
        return (lease, control)
      }
      // A job that was given back left its ring behind.
      guard let next else { continue }
      guard let (lease, control) = next else { return }
      let outcome =
        control.stopReason == .cancelled
        ? .cancelled
        : handlers[lease.job.request.kind]?.run(lease, control) ?? .failure("no handler")
      desk.withLock { desk in
        desk.running[lease.id] = nil
        desk.done.append((lease, outcome))
      }
      news.signal()
    }
  }
}
