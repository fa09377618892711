import Foundation
import GRDB

extension Job {
  /// The job in a row of the table; nil if the row's state is none.
  init?(_ row: Row) {
    guard let state = JobState(rawValue: row["state"]) else { return nil }
    id = row["id"]
    self.state = state
    attempt = row["attempt"]
    losses = row["losses"]
    created = Date(timeIntervalSince1970: row["created"])
    begun = Self.date(row["begun"])
    finished = Self.date(row["finished"])
    worker = row["worker"]
    leaseEnd = Self.date(row["lease_end"])
    isCancelRequested = row["cancel_requested"]
    progress = row["progress"]
    outcome = row["outcome"]
    request = JobRequest(
      kind: row["kind"], payload: row["payload"], user: row["user"], priority: row["priority"],
      start: Self.date(row["start"]), deadline: Self.date(row["deadline"]),
      uniqueKey: row["unique_key"],
      retry: RetryPolicy(
        attempts: row["attempts"], pause: row["pause"], longestPause: row["longest_pause"]))
  }

  private static func date(_ seconds: Double?) -> Date? {
    seconds.map { Date(timeIntervalSince1970: $0) }
  }

  /// The job with a number.
  static func find(_ id: Int64, _ db: Database) throws -> Job {
    let row = try Row.fetchOne(db, cachedStatement: "SELECT * FROM job WHERE id = ?", [id])
    guard let job = row.flatMap(Job.init) else { throw JobStoreError.unknownJob(id) }
    return job
  }
}

extension Row {
  /// A row by a statement that is prepared once.
  static func fetchOne(
    _ db: Database, cachedStatement sql: String, _ arguments: StatementArguments
  ) throws -> Row? {
    try Row.fetchOne(db.cachedStatement(sql: sql), arguments: arguments)
  }
}

extension Database {
  /// Executes a statement that is prepared once.
  func change(_ sql: String, _ arguments: StatementArguments) throws {
    try cachedStatement(sql: sql).execute(arguments: arguments)
  }
}
