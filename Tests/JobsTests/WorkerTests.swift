import Foundation
import Synchronization
import Testing

@testable import Jobs

/// Does what a test wants, and counts how often.
private final class Recorder: JobHandler {
  let kind = "k"
  let seen = Mutex<[String: Int]>([:])
  let body: @Sendable (JobLease, JobControl) -> JobOutcome

  init(_ body: @escaping @Sendable (JobLease, JobControl) -> JobOutcome = { _, _ in .success("") })
  {
    self.body = body
  }

  func run(_ job: JobLease, _ control: JobControl) -> JobOutcome {
    seen.withLock { $0[job.job.request.payload, default: 0] += 1 }
    return body(job, control)
  }
}

private func requests(_ count: Int) -> [JobRequest] {
  (0..<count).map {
    JobRequest(kind: "k", payload: "\($0)", retry: RetryPolicy(attempts: 3, pause: 0))
  }
}

@Suite("Workers", .timeLimit(.minutes(2)))
struct WorkerTests {
  private func worker(
    _ store: any JobStore, _ handler: any JobHandler, threads: Int = 2, reserve: Int = 0,
    name: String = "w", lease: Double = 5
  ) -> Worker {
    Worker(
      name, on: store, handlers: [handler],
      settings: .init(
        threads: threads, reserve: reserve, lease: lease, pause: 0.02, endsWhenIdle: true))
  }

  @Test("Every job is done once, by as many threads as there are", arguments: [1, 4])
  func all(threads: Int) throws {
    let store = try SQLiteJobStore()
    _ = try store.enqueue(requests(200), at: Date())
    let recorder = Recorder()
    let tally = try worker(store, recorder, threads: threads, reserve: 20).run { false }
    #expect(tally.finished == 200)
    #expect(recorder.seen.withLock { $0.count } == 200)
    #expect(recorder.seen.withLock { $0.values.allSatisfy { $0 == 1 } })
    #expect(try store.counts() == [.succeeded: 200])
  }

  @Test("Two workers on one store share the jobs and double none")
  func two() throws {
    let store = try SQLiteJobStore()
    _ = try store.enqueue(requests(300), at: Date())
    let recorder = Recorder()
    let others = Mutex<Int>(0)
    let thread = Thread {
      let tally = try? self.worker(store, recorder, reserve: 10, name: "b").run { false }
      others.withLock { $0 = tally?.finished ?? -1 }
    }
    thread.start()
    let tally = try worker(store, recorder, reserve: 10, name: "a").run { false }
    while !thread.isFinished { Thread.sleep(forTimeInterval: 0.01) }
    #expect(tally.finished + others.withLock { $0 } == 300)
    #expect(recorder.seen.withLock { $0.values.allSatisfy { $0 == 1 } })
  }

  @Test("A job that fails comes back, and is given up with its reason after its attempts")
  func failures() throws {
    let store = try SQLiteJobStore()
    let ids = try store.enqueue(requests(2), at: Date())
    let recorder = Recorder { lease, _ in
      lease.job.request.payload == "1" && lease.job.attempt < 3
        ? .failure("not yet")
        : lease.job.request.payload == "0" ? .failure("never") : .success("ok")
    }
    _ = try worker(store, recorder).run { false }
    #expect(try store.job(ids[0]).state == .failed)
    #expect(try store.job(ids[0]).outcome == "never")
    #expect(try store.job(ids[0]).attempt == 3)
    #expect(try store.job(ids[1]).outcome == "ok")
  }

  @Test("Cancelling reaches a job that runs, within a heartbeat")
  func cancelled() throws {
    let store = try SQLiteJobStore()
    let id = try store.enqueue(requests(1), at: Date())[0]
    let recorder = Recorder { _, control in
      control.report(progress: 0.5)
      while control.stopReason == nil { Thread.sleep(forTimeInterval: 0.005) }
      return .cancelled
    }
    let thread = Thread {
      while (try? store.job(id).state) != .running { Thread.sleep(forTimeInterval: 0.005) }
      _ = try? store.cancel(id, at: Date())
    }
    thread.start()
    _ = try worker(store, recorder, lease: 0.4).run { false }
    #expect(try store.job(id).state == .cancelled)
    #expect(try store.job(id).progress == 0.5)
  }

  @Test("A worker that is told to stop gives its jobs back, and they do not count as attempts")
  func released() throws {
    let store = try SQLiteJobStore()
    let ids = try store.enqueue(requests(6), at: Date())
    let started = Mutex(false)
    let recorder = Recorder { _, control in
      started.withLock { $0 = true }
      while control.stopReason == nil { Thread.sleep(forTimeInterval: 0.005) }
      return .released
    }
    let tally = try worker(store, recorder, threads: 1, reserve: 3).run {
      started.withLock { $0 }
    }
    #expect(tally.finished >= 1)
    for id in ids {
      #expect(try store.job(id).state == .ready)
      #expect(try store.job(id).attempt == 0)
    }
  }

  @Test("The jobs of a worker that died are taken back by another")
  func rescued() throws {
    let store = try SQLiteJobStore()
    let id = try store.enqueue(requests(1), at: Date())[0]
    _ = try store.claim(1, of: ["k"], for: "dead", lease: 0.2, at: Date())
    let tally = try worker(store, Recorder(), lease: 0.2).run { false }
    #expect(tally.rescued == 1)
    #expect(try store.job(id).state == .succeeded)
    #expect(try store.job(id).attempt == 2)
  }

  @Test("A clock that is set back or forth loses no job")
  func clock() throws {
    let store = try SQLiteJobStore()
    _ = try store.enqueue(requests(50), at: Date())
    let calls = Mutex(0)
    let recorder = Recorder()
    let worker = Worker(
      "w", on: store, handlers: [recorder],
      settings: .init(threads: 2, lease: 1, pause: 0.01, endsWhenIdle: true)
    ) {
      // Every few looks the clock jumps by an hour, to and fro.
      let call = calls.withLock {
        $0 += 1; return $0
      }
      return Date().addingTimeInterval(call / 7 % 2 == 0 ? 0 : -3_600)
    }
    _ = try worker.run { false }
    #expect(try store.counts() == [.succeeded: 50])
  }

  @Test("A queue that cannot be used for a while is asked again, and nothing done is lost")
  func fullDisk() throws {
    let store = FullNowAndThen(try SQLiteJobStore())
    _ = try store.enqueue(requests(40), at: Date())
    let recorder = Recorder()
    let tally = try worker(store, recorder).run { false }
    #expect(tally.finished == 40)
    #expect(recorder.seen.withLock { $0.values.allSatisfy { $0 == 1 } })
    #expect(try store.counts() == [.succeeded: 40])
  }

  @Test("A queue that cannot be used for too long ends the worker with the reason")
  func fullForever() throws {
    let store = FullNowAndThen(try SQLiteJobStore(), period: 1)
    let worker = Worker(
      "w", on: store, handlers: [Recorder()], settings: .init(pause: 0.01, patience: 0.1))
    #expect(throws: JobStoreError.unavailable("disk full")) { try worker.run { false } }
  }
}

/// A store whose disk is full at every other call, or so.
private final class FullNowAndThen: JobStore {
  let store: any JobStore
  let period: Int
  let calls = Mutex(0)

  init(_ store: any JobStore, period: Int = 2) {
    self.store = store
    self.period = period
  }

  private func write() throws(JobStoreError) {
    let call = calls.withLock {
      $0 += 1
      return $0
    }
    if call.isMultiple(of: period) { throw .unavailable("disk full") }
  }

  func claim(
    _ limit: Int, of kinds: Set<String>, for worker: String, lease seconds: Double, at now: Date
  ) throws(JobStoreError) -> [JobLease] {
    try write()
    return try store.claim(limit, of: kinds, for: worker, lease: seconds, at: now)
  }

  func renew(
    _ lease: JobLease, progress: Double?, lease seconds: Double, at now: Date
  ) throws(JobStoreError) -> LeaseReply {
    try write()
    return try store.renew(lease, progress: progress, lease: seconds, at: now)
  }

  func finish(_ outcomes: [(JobLease, JobOutcome)], at now: Date) throws(JobStoreError) -> [Bool] {
    try write()
    return try store.finish(outcomes, at: now)
  }

  func rescue(at now: Date) throws(JobStoreError) -> Int {
    try write()
    return try store.rescue(at: now)
  }

  func enqueue(_ requests: [JobRequest], at now: Date) throws(JobStoreError) -> [Int64] {
    try store.enqueue(requests, at: now)
  }
  func cancel(_ job: Int64, at now: Date) throws(JobStoreError) -> Bool {
    try store.cancel(job, at: now)
  }
  func retry(_ job: Int64, at now: Date) throws(JobStoreError) { try store.retry(job, at: now) }
  func prune(endedBefore instant: Date) throws(JobStoreError) -> Int {
    try store.prune(endedBefore: instant)
  }
  func job(_ id: Int64) throws(JobStoreError) -> Job { try store.job(id) }
  func jobs(
    in state: JobState?, of user: String?, before: Int64?, limit: Int
  ) throws(JobStoreError) -> [Job] {
    try store.jobs(in: state, of: user, before: before, limit: limit)
  }
  func counts() throws(JobStoreError) -> [JobState: Int] { try store.counts() }
}
