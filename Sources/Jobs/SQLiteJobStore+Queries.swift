public import Foundation
import GRDB

extension SQLiteJobStore {
  /// One job.
  public func job(_ id: Int64) throws(JobStoreError) -> Job {
    try read { db in try Job.find(id, db) }
  }

  /// Jobs, the newest first.
  public func jobs(
    in state: JobState?, of user: String?, before: Int64?, limit: Int
  ) throws(JobStoreError) -> [Job] {
    try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT * FROM job WHERE id < ? \(state == nil ? "" : "AND state = ?")
            \(user == nil ? "" : "AND user = ?") ORDER BY id DESC LIMIT ?
          """,
        arguments: [before ?? .max] + StatementArguments([state?.rawValue, user].compactMap { $0 })
          + [max(limit, 0)])
      return rows.compactMap(Job.init)
    }
  }

  /// How many jobs are in each state.
  public func counts() throws(JobStoreError) -> [JobState: Int] {
    try read { db in
      let rows = try Row.fetchAll(db, sql: "SELECT state, jobs FROM tally WHERE jobs > 0")
      return rows.reduce(into: [:]) { counts, row in
        if let state = JobState(rawValue: row["state"]) { counts[state] = row["jobs"] }
      }
    }
  }

  /// When the oldest job that could run was asked for; nil where none waits.
  public func oldestReady() throws(JobStoreError) -> Date? {
    try read { db in
      let created = try Double.fetchOne(
        db,
        sql:
          "SELECT created FROM job INDEXED BY job_state WHERE state = 'ready' ORDER BY id LIMIT 1")
      return created.map { Date(timeIntervalSince1970: $0) }
    }
  }
}
