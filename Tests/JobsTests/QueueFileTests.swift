import Foundation
import Testing

@testable import Jobs

@Suite struct QueueFileTests {
  @Test func `what was asked for is there after closing`() throws {
    try withScratchFile { path in
      let id = try SQLiteJobStore(path: path).add(request("kept", key: "x"))
      let job = try SQLiteJobStore(path: path).job(id)
      #expect(job.request == request("kept", key: "x") && job.created == at(0))
    }
  }

  @Test func `a queue with everything in it is found sound`() throws {
    try withScratchFile { path in
      let store = try SQLiteJobStore(path: path)
      let first = try store.add(request("first", deadline: at(99), key: "x"))
      _ = try store.add(request("second", start: at(9), needs: [first]))
      try store.schedule(
        PeriodicJob(
          name: "nightly", schedule: CronSchedule("0 2 * * *"), request: request("night")),
        at: at(0))
      _ = try store.take()
      let again = try SQLiteJobStore(path: path)
      #expect(try again.counts() == [.running: 1, .blocked: 1])
    }
  }

  @Test func `what returns has reached the disk`() throws {
    try withScratchFile { path in
      let store = try SQLiteJobStore(path: path)
      #expect(try store.synchronousLevel() == 2)
    }
  }

  @Test func `a file that is no queue, and one that was damaged, are refused by name`() throws {
    try withScratchFile { path in
      try Data("not a database, but long enough to be looked at".utf8).write(
        to: URL(filePath: path))
      #expect { try SQLiteJobStore(path: path) } throws: { "\($0)".contains(path) }
    }
    try withScratchFile { path in
      let copy = path + ".copy"
      let store = try SQLiteJobStore(path: path)
      _ = try store.enqueue((0..<3_000).map { request("job \($0)") }, at: at(0))
      try store.backUp(to: copy)
      var bytes = try Data(contentsOf: URL(filePath: copy))
      for offset in stride(from: 8_192, to: bytes.count, by: 4_096) {
        for index in 0..<64 { bytes[offset + index] = 0xA5 }
      }
      try bytes.write(to: URL(filePath: copy))
      #expect {
        try SQLiteJobStore(path: copy)
      } throws: { error in
        if case JobStoreError.damaged = error { "\(error)".contains("backup") } else { false }
      }
    }
  }

  @Test func `many that open a new queue at the same instant make it once`() throws {
    try withScratchFile { path in
      let failures = Locked<[String]>([])
      DispatchQueue.concurrentPerform(iterations: 8) { number in
        do {
          _ = try SQLiteJobStore(path: path).enqueue([request("\(number)")], at: at(0))
        } catch {
          failures.change { $0.append("\(error)") }
        }
      }
      #expect(failures.change { $0 } == [])
      let store = try SQLiteJobStore(path: path)
      #expect(try store.counts() == [.ready: 8])
    }
  }

  @Test func `a backup taken while jobs run holds them all`() throws {
    try withScratchFile { path in
      let store = try SQLiteJobStore(path: path)
      _ = try store.enqueue((0..<50).map { request("\($0)") }, at: at(0))
      _ = try store.take()
      try store.backUp(to: path + ".copy")
      let copy = try SQLiteJobStore(path: path + ".copy")
      #expect(try copy.counts() == [.ready: 49, .running: 1])
      #expect(throws: JobStoreError.self) { try store.backUp(to: path + ".copy") }
    }
  }

  @Test func `two that share a file never get the same job`() throws {
    try withScratchFile { path in
      let first = try SQLiteJobStore(path: path)
      let second = try SQLiteJobStore(path: path)
      let ids = try first.enqueue((0..<400).map { request("\($0)") }, at: at(0))
      let queue = DispatchQueue(label: "claims", attributes: .concurrent)
      let group = DispatchGroup()
      let results = ClaimedJobs()
      for (name, store) in [("a", first), ("b", second), ("c", first), ("d", second)] {
        queue.async(group: group) {
          while let leases = try? store.claim(7, of: ["k"], for: name, lease: 60, at: at(0)),
            !leases.isEmpty
          {
            let ends = try? store.finish(leases.map { ($0, .success(name)) }, at: at(1))
            results.add(leases.map(\.id), sound: ends?.allSatisfy { $0 } == true)
          }
        }
      }
      group.wait()
      #expect(results.sorted == ids)
      #expect(try first.counts() == [.succeeded: 400])
    }
  }
}

/// What several threads claimed.
private final class ClaimedJobs: Sendable {
  private let state = Locked<[Int64]>([])

  func add(_ ids: [Int64], sound: Bool) { if sound { state.change { $0 += ids } } }
  var sorted: [Int64] { state.change { $0.sorted() } }
}
