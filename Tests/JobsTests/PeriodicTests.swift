import Foundation
import Testing

@testable import Jobs

@Suite("Periodic jobs")
struct PeriodicTests {
  private let noon = Date(timeIntervalSince1970: 1_795_564_800)  // 2026-11-25 00:00:00 UTC

  private func nightly(_ line: String = "0 2 * * *") throws -> PeriodicJob {
    PeriodicJob(
      name: "nightly", schedule: try CronSchedule(line), request: JobRequest(kind: "rescore"))
  }

  @Test("Each time is asked for once, however many coordinators ask")
  func once() throws {
    let store = try SQLiteJobStore()
    try store.schedule(try nightly(), at: noon)
    #expect(try store.enqueuePeriodic(at: noon.addingTimeInterval(3_600)).isEmpty)
    let due = noon.addingTimeInterval(2 * 3_600)
    #expect(try store.enqueuePeriodic(at: due).count == 1)
    #expect(try store.enqueuePeriodic(at: due).isEmpty)
    #expect(try store.enqueuePeriodic(at: due.addingTimeInterval(60)).isEmpty)
    #expect(try store.enqueuePeriodic(at: due.addingTimeInterval(86_400)).count == 1)
  }

  @Test("Nights that were missed are made up for once")
  func missed() throws {
    let store = try SQLiteJobStore()
    try store.schedule(try nightly(), at: noon)
    let later = noon.addingTimeInterval(10 * 86_400)
    #expect(try store.enqueuePeriodic(at: later).count == 1)
    let next = try #require(try store.periodicJobs().first?.next)
    #expect(next > later)
  }

  @Test("A job of the same name takes the other's place, and one that is taken away does not come")
  func replaced() throws {
    let store = try SQLiteJobStore()
    try store.schedule(try nightly(), at: noon)
    try store.schedule(try nightly("0 5 * * *"), at: noon)
    #expect(try store.periodicJobs().map(\.job.schedule.line) == ["0 5 * * *"])
    #expect(try store.unschedule("nightly"))
    #expect(try store.unschedule("nightly") == false)
    #expect(try store.enqueuePeriodic(at: noon.addingTimeInterval(86_400)).isEmpty)
  }
}
