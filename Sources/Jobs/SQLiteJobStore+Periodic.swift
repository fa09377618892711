public import Foundation
import GRDB

/// A job that is asked for again and again.
public struct PeriodicJob: Hashable, Sendable {
  /// Its name; another one of the same name takes its place.
  public var name: String
  /// When.
  public var schedule: CronSchedule
  /// What.
  public var request: JobRequest

  /// Describes a periodic job.
  public init(name: String, schedule: CronSchedule, request: JobRequest) {
    self.name = name
    self.schedule = schedule
    self.request = request
  }
}

extension SQLiteJobStore {
  /// Adds a periodic job, or puts it in the place of one of the same name.
  public func schedule(_ job: PeriodicJob, at now: Date) throws(JobStoreError) {
    try write { db in
      try db.change(
        """
        INSERT INTO periodic (name, line, zone, request, next) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET line = excluded.line, zone = excluded.zone,
            request = excluded.request, next = excluded.next
        """,
        [
          job.name, job.schedule.line, job.schedule.zone,
          String(decoding: try JSONEncoder().encode(job.request), as: UTF8.self),
          job.schedule.next(after: now)?.timeIntervalSince1970,
        ])
    }
  }

  /// Takes a periodic job away; false if there was none.
  public func unschedule(_ name: String) throws(JobStoreError) -> Bool {
    try write { db in
      try db.change("DELETE FROM periodic WHERE name = ?", [name])
      return db.changesCount > 0
    }
  }

  /// The periodic jobs by name, each with the instant of its next time.
  public func periodicJobs() throws(JobStoreError) -> [(job: PeriodicJob, next: Date?)] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM periodic ORDER BY name").compactMap { row in
        guard let schedule = try? CronSchedule(row["line"], zone: row["zone"]) else { return nil }
        let request = try JSONDecoder().decode(
          JobRequest.self, from: Data((row["request"] as String).utf8))
        let next: Double? = row["next"]
        return (
          PeriodicJob(name: row["name"], schedule: schedule, request: request),
          next.map { Date(timeIntervalSince1970: $0) }
        )
      }
    }
  }

  /// Asks for the jobs whose time has come, each once however many ask and however long nobody did:
  /// times that were missed while no worker ran are made up for once.
  ///
  /// - Returns: the new jobs' numbers.
  public func enqueuePeriodic(at now: Date) throws(JobStoreError) -> [Int64] {
    let due = try periodicJobs().filter { $0.next.map { $0 <= now } ?? false }
    var ids: [Int64] = []
    for (job, next) in due {
      guard let next else { continue }
      // The one whose update finds the old instant has the firing.
      try write { db in
        try db.change(
          "UPDATE periodic SET next = ? WHERE name = ? AND next = ?",
          [
            job.schedule.next(after: now)?.timeIntervalSince1970, job.name,
            next.timeIntervalSince1970,
          ])
        if db.changesCount == 1 { ids.append(try Self.insert(job.request, now, db)) }
      }
    }
    return ids
  }
}
