import Foundation
import Testing

@testable import Jobs

@Suite("Cron lines")
struct CronTests {
  private func date(_ text: String) throws -> Date {
    try Date(text, strategy: .iso8601)
  }

  @Test(
    "The next time of a line is what cron says",
    arguments: [
      ("0 2 * * *", "UTC", "2026-11-25T10:00:00Z", "2026-11-26T02:00:00Z"),
      ("0 2 * * *", "Asia/Seoul", "2026-11-25T10:00:00Z", "2026-11-25T17:00:00Z"),
      ("*/15 * * * *", "UTC", "2026-11-25T10:00:00Z", "2026-11-25T10:15:00Z"),
      ("5/20 9-10 * * *", "UTC", "2026-11-25T09:46:00Z", "2026-11-25T10:05:00Z"),
      ("0 0 1 jan *", "UTC", "2026-11-25T10:00:00Z", "2027-01-01T00:00:00Z"),
      ("0 0 29 2 *", "UTC", "2026-11-25T10:00:00Z", "2028-02-29T00:00:00Z"),
      ("30 6 * * mon-fri", "UTC", "2026-11-27T10:00:00Z", "2026-11-30T06:30:00Z"),
      ("0 0 13 * fri", "UTC", "2026-11-25T10:00:00Z", "2026-11-27T00:00:00Z"),
      ("0 0 * * 7", "UTC", "2026-11-25T10:00:00Z", "2026-11-29T00:00:00Z"),
      ("59 23 31 12 *", "UTC", "2026-12-31T23:59:00Z", "2027-12-31T23:59:00Z"),
    ])
  func next(line: String, zone: String, after: String, expected: String) throws {
    let schedule = try CronSchedule(line, zone: zone)
    #expect(schedule.next(after: try date(after)) == (try date(expected)))
  }

  @Test("An hour that the clock leaps over happens at its end, and one that comes twice once")
  func summerTime() throws {
    let schedule = try CronSchedule("30 2 * * *", zone: "Europe/Berlin")
    // 29 March 2026: from 02:00 to 03:00 of the clock there is nothing.
    let spring = try #require(schedule.next(after: try date("2026-03-28T12:00:00Z")))
    #expect(spring >= (try date("2026-03-29T01:00:00Z")))
    #expect(spring <= (try date("2026-03-29T01:30:00Z")))
    // 25 October 2026: 02:30 comes at 00:30 and 01:30 of the world's time.
    let autumn = try #require(schedule.next(after: try date("2026-10-24T12:00:00Z")))
    #expect(autumn == (try date("2026-10-25T00:30:00Z")))
    let after = try #require(schedule.next(after: autumn))
    #expect(after == (try date("2026-10-26T01:30:00Z")))
  }

  @Test(
    "A line that is wrong, or never comes, is refused when it is read",
    arguments: [
      "", "* * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8",
      "*/0 * * * *", "a * * * *", "1- * * * *", "5-3 * * * *", "1,,2 * * * *", "0 0 30 2 *",
      "0 0 31 4,6,9,11 *", "-1 * * * *", "* * * * * *",
    ])
  func refused(line: String) {
    #expect(throws: CronSchedule.Fault.self) { try CronSchedule(line) }
  }

  @Test("A zone that is none is refused")
  func zone() {
    #expect(throws: CronSchedule.Fault.self) { try CronSchedule("0 0 * * *", zone: "Mars/Olympus") }
  }
}
