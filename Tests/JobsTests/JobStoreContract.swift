import Foundation
import Jobs
import Testing

/// What every store promises.
@Suite struct JobStoreContract {
  @Test(arguments: StoreUnderTest.allCases)
  func `higher priorities come first, then users with less running, then older jobs`(
    _ kind: StoreUnderTest
  ) throws {
    try kind.use { store in
      for (payload, user, priority) in [
        ("a1", "a", 0), ("a2", "a", 0), ("b1", "b", 0), ("a3", "a", 0), ("urgent", "a", 5),
      ] { _ = try store.add(request(payload, user: user, priority: priority)) }
      let leases = try store.claim(9, of: ["k"], for: "w", lease: 60, at: at(0))
      #expect(leases.map(\.job.request.payload) == ["urgent", "b1", "a1", "a2", "a3"])
      #expect(try store.take() == nil)
    }
  }

  @Test(arguments: StoreUnderTest.allCases)
  func `a worker gets only kinds that it can do`(_ kind: StoreUnderTest) throws {
    try kind.use { store in
      _ = try store.add(JobRequest(kind: "other"))
      #expect(try store.take() == nil)
      #expect(try store.claim(1, of: ["k", "other"], for: "w", lease: 1, at: at(0)).count == 1)
    }
  }

  @Test(arguments: StoreUnderTest.allCases)
  func `a job waits for all that it needs`(_ kind: StoreUnderTest) throws {
    try kind.use { store in
      let first = try store.enqueue([request("1"), request("2")], at: at(0))
      let last = try store.add(request("3", needs: first + first))
      #expect(try store.job(last).state == .blocked)
      for _ in first {
        #expect(try store.job(last).state == .blocked)
        let lease = try #require(try store.take())
        #expect(try store.finish([(lease, .success("ok"))], at: at(1)) == [true])
      }
      #expect(try store.take()?.id == last)
      #expect(throws: JobStoreError.unknownDependency(99)) {
        try store.add(request(needs: [99]))
      }
    }
  }

  @Test(arguments: StoreUnderTest.allCases)
  func `what needs a failed job fails with it, and says so`(_ kind: StoreUnderTest) throws {
    try kind.use { store in
      let first = try store.add(request())
      let second = try store.add(request(needs: [first]))
      let third = try store.add(request(needs: [second]))
      let lease = try #require(try store.take())
      _ = try store.finish([(lease, .rejection("no such model"))], at: at(1))
      for id in [second, third] { #expect(try store.job(id).state == .failed) }
      #expect(try store.job(third).outcome == "job \(second), which it needs, failed")
      #expect(try store.job(try store.add(request(needs: [first]))).state == .failed)
      #expect(throws: JobStoreError.self) { try store.retry(second, at: at(2)) }
      try store.retry(first, at: at(2))
      try store.retry(second, at: at(2))
      #expect(try store.job(second).state == .blocked)
    }
  }

  @Test(arguments: StoreUnderTest.allCases)
  func `a failure is tried again after a pause, and kept as a dead letter in the end`(
    _ kind: StoreUnderTest
  ) throws {
    try kind.use { store in
      let id = try store.add(request())
      let lease = try #require(try store.take())
      _ = try store.finish([(lease, .failure("no network"))], at: at(0))
      #expect(try store.job(id).state == .scheduled)
      #expect(try store.take(at: at(4.9)) == nil, "the pause is at least half of 10 s")
      let again = try #require(try store.take(at: at(10)))
      #expect(again.job.attempt == 2)
      _ = try store.finish([(again, .failure("still none"))], at: at(11))
      let dead = try store.job(id)
      #expect(dead.state == .failed && dead.outcome == "still none" && dead.finished == at(11))
      #expect(try store.counts() == [.failed: 1])
    }
  }

  @Test(arguments: StoreUnderTest.allCases)
  func `a job of a dead worker goes to another, and the first cannot finish it any more`(
    _ kind: StoreUnderTest
  ) throws {
    try kind.use { store in
      let id = try store.add(request())
      let old = try #require(try store.take("dead", lease: 30))
      #expect(try store.renew(old, progress: 0.5, lease: 30, at: at(20)) == .renewed)
      #expect(try store.rescue(at: at(49)) == 0)
      #expect(try store.job(id).progress == 0.5)
      #expect(try store.rescue(at: at(51)) == 1)
      let new = try #require(try store.take("dead", at: at(61)))
      #expect(new.id == id && new.fence != old.fence)
      #expect(try store.renew(old, progress: nil, lease: 30, at: at(62)) == .lost)
      #expect(
        try store.finish([(old, .success("stale")), (new, .success("ok"))], at: at(63))
          == [false, true])
      #expect(try store.job(id).outcome == "ok")
    }
  }

  @Test(arguments: StoreUnderTest.allCases)
  func `a job given back is as if it had not been taken`(_ kind: StoreUnderTest) throws {
    try kind.use { store in
      let id = try store.add(request())
      let first = try #require(try store.take())
      _ = try store.finish([(first, .released)], at: at(1))
      let second = try #require(try store.take())
      #expect(second.id == id && second.job.attempt == 1)
      #expect(try store.finish([(first, .success("stale"))], at: at(2)) == [false])
    }
  }

  @Test(arguments: StoreUnderTest.allCases)
  func `cancelling ends a waiting job at once and asks a running one to stop`(
    _ kind: StoreUnderTest
  ) throws {
    try kind.use { store in
      let running = try store.add(request())
      let lease = try #require(try store.take())
      let waiting = try store.add(request())
      for id in [running, waiting] { #expect(try store.cancel(id, at: at(1))) }
      #expect(try store.job(waiting).state == .cancelled)
      #expect(try store.job(running).state == .running)
      #expect(try store.renew(lease, progress: nil, lease: 9, at: at(2)) == .cancelRequested)
      _ = try store.finish([(lease, .cancelled)], at: at(3))
      #expect(try store.job(running).state == .cancelled)
      #expect(try !store.cancel(running, at: at(4)))
      #expect(throws: JobStoreError.unknownJob(77)) { try store.cancel(77, at: at(4)) }
    }
  }

  @Test(arguments: StoreUnderTest.allCases)
  func `a cancelled job is not tried again when it fails or its worker dies`(
    _ kind: StoreUnderTest
  ) throws {
    try kind.use { store in
      let ids = try store.enqueue([request(), request()], at: at(0))
      let leases = try store.claim(2, of: ["k"], for: "w", lease: 5, at: at(0))
      for id in ids { _ = try store.cancel(id, at: at(1)) }
      _ = try store.finish([(leases[0], .failure("x"))], at: at(2))
      #expect(try store.rescue(at: at(9)) == 1)
      #expect(try store.counts() == [.cancelled: 2])
    }
  }

  @Test(arguments: StoreUnderTest.allCases)
  func `of a unique key one job is under way`(_ kind: StoreUnderTest) throws {
    try kind.use { store in
      let ids = try store.enqueue([request(key: "x"), request(key: "x")], at: at(0))
      #expect(ids[0] == ids[1])
      let lease = try #require(try store.take())
      _ = try store.finish([(lease, .success(""))], at: at(1))
      #expect(try store.add(request(key: "x")) != ids[0])
    }
  }

  @Test(arguments: StoreUnderTest.allCases)
  func `a job begins not before its start and not after its deadline`(
    _ kind: StoreUnderTest
  ) throws {
    try kind.use { store in
      let early = try store.add(request(start: at(10)))
      let late = try store.add(request(deadline: at(5)))
      let waiting = try store.add(request(needs: [late]))
      #expect(try store.take(at: at(6)) == nil)
      for id in [late, waiting] { #expect(try store.job(id).state == .failed) }
      #expect(try store.job(late).outcome == "not begun by its deadline")
      #expect(try store.take(at: at(10))?.id == early)
    }
  }

  @Test(arguments: StoreUnderTest.allCases)
  func `pruning forgets what has ended and nothing that is needed`(_ kind: StoreUnderTest) throws {
    try kind.use { store in
      let old = try store.add(request())
      let needed = try store.add(request())
      for lease in try store.claim(2, of: ["k"], for: "w", lease: 9, at: at(0)) {
        _ = try store.finish([(lease, .success(""))], at: at(1))
      }
      let waiting = try store.add(request(needs: [needed]))
      #expect(try store.prune(endedBefore: at(1)) == 0)
      #expect(try store.prune(endedBefore: at(2)) == 1)
      #expect(throws: JobStoreError.unknownJob(old)) { try store.job(old) }
      let rest = try store.jobs(in: nil, of: "u", before: nil, limit: 10)
      #expect(rest.map(\.id) == [waiting, needed])
      let others = try store.jobs(in: .ready, of: nil, before: waiting, limit: 10)
      #expect(others.isEmpty)
    }
  }

  @Test(arguments: StoreUnderTest.allCases)
  func `an endless payload is refused, and nothing of its batch is kept`(
    _ kind: StoreUnderTest
  ) throws {
    try kind.use { store in
      let endless = request(String(repeating: "x", count: JobRequest.payloadLimit + 1))
      #expect(throws: JobStoreError.self) { try store.enqueue([request(), endless], at: at(0)) }
      #expect(throws: JobStoreError.self) {
        try store.enqueue([request(), request(needs: [5])], at: at(0))
      }
      let counts = try store.counts()
      #expect(counts.isEmpty)
    }
  }

  @Test(arguments: StoreUnderTest.allCases)
  func `jobs asked for together may wait for one another, in their order`(
    _ kind: StoreUnderTest
  ) throws {
    try kind.use { store in
      var last = request("last")
      last.batchDependencies = [0, 1]
      let ids = try store.enqueue([request("a"), request("b"), last], at: at(0))
      #expect(try store.job(ids[2]).state == .blocked)
      for lease in try store.claim(9, of: ["k"], for: "w", lease: 9, at: at(0)) {
        _ = try store.finish([(lease, .success(""))], at: at(1))
      }
      #expect(try store.take()?.id == ids[2])
      #expect(throws: JobStoreError.wrongOrder(place: 0)) {
        try store.enqueue([last, request("behind")], at: at(2))
      }
    }
  }

  @Test(arguments: StoreUnderTest.allCases)
  func `a dead worker is not the job's failure, until it has happened ten times`(
    _ kind: StoreUnderTest
  ) throws {
    try kind.use { store in
      let id = try store.add(request())
      var now = 0.0
      for loss in 1...RetryPolicy.mostLosses {
        now += 1_000
        let lease = try #require(try store.take(lease: 1, at: at(now)))
        #expect(lease.job.attempt == loss && lease.job.losses == loss - 1)
        #expect(try store.rescue(at: at(now + 2)) == 1)
      }
      let dead = try store.job(id)
      #expect(dead.state == .failed)
      #expect(dead.outcome == "its workers were lost 10 times: its worker w was lost")
    }
  }
}
