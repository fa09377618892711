public import Foundation
import GRDB

extension SQLiteJobStore {
  /// Takes jobs, in one transaction.
  public func claim(
    _ limit: Int, of kinds: Set<String>, for worker: String, lease seconds: Double, at now: Date
  ) throws(JobStoreError) -> [JobLease] {
    guard limit > 0, !kinds.isEmpty else { return [] }
    let kinds = kinds.sorted()
    return try write { db in
      try JobEnding(db: db, now: now).expire()
      try db.change(
        """
        UPDATE job INDEXED BY job_scheduled SET state = 'ready'
        WHERE state = 'scheduled' AND start <= ?
        """,
        [now.timeIntervalSince1970])
      var leases: [JobLease] = []
      while leases.count < limit, let id = try Self.next(of: kinds, db) {
        try db.change(
          """
          UPDATE job SET state = 'running', attempt = attempt + 1, fence = fence + 1, worker = ?,
            begun = ?, lease_end = ?, progress = 0 WHERE id = ?
          """, [worker, now.timeIntervalSince1970, now.timeIntervalSince1970 + seconds, id])
        let fence = try Int.fetchOne(
          db.cachedStatement(sql: "SELECT fence FROM job WHERE id = ?"), arguments: [id])
        leases.append(JobLease(job: try Job.find(id, db), worker: worker, fence: fence ?? 0))
      }
      return leases
    }
  }

  /// The job that is next in turn; the groups are few: a kind, a user and a priority each.
  private static func next(of kinds: [String], _ db: Database) throws -> Int64? {
    let marks = Array(repeating: "?", count: kinds.count).joined(separator: ", ")
    return try Int64.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT (SELECT min(id) FROM job WHERE state = 'ready' AND kind = backlog.kind
            AND user = backlog.user AND priority = backlog.priority) AS oldest
          FROM backlog LEFT JOIN share ON share.user = backlog.user WHERE kind IN (\(marks))
          ORDER BY priority DESC, coalesce(share.jobs, 0), oldest LIMIT 1
          """), arguments: StatementArguments(kinds))
  }

  /// Says that a worker still lives.
  public func renew(
    _ lease: JobLease, progress: Double?, lease seconds: Double, at now: Date
  ) throws(JobStoreError) -> LeaseReply {
    try write { db in
      guard let job = try Self.held(lease, db) else { return .lost }
      try db.change(
        "UPDATE job SET lease_end = ?, progress = coalesce(?, progress) WHERE id = ?",
        [now.timeIntervalSince1970 + seconds, progress, lease.id])
      return job.isCancelRequested ? .cancelRequested : .renewed
    }
  }

  /// Ends attempts, in one transaction.
  public func finish(
    _ outcomes: [(JobLease, JobOutcome)], at now: Date
  ) throws(JobStoreError) -> [Bool] {
    try write { db in
      try outcomes.map { lease, outcome in
        guard let job = try Self.held(lease, db) else { return false }
        let ending = JobEnding(db: db, now: now)
        switch outcome {
        case .success(let result): try ending.end(job.id, .succeeded, result)
        case .rejection(let reason): try ending.end(job.id, .failed, reason)
        case .cancelled: try ending.end(job.id, .cancelled, "cancelled while it ran")
        case .failure(let reason): try Self.tryAgain(job, reason, ending)
        case .released:
          try db.change(
            """
            UPDATE job SET state = 'ready', attempt = attempt - 1, worker = NULL, lease_end = NULL
            WHERE id = ?
            """, [job.id])
        }
        return true
      }
    }
  }

  /// Takes jobs from workers whose lease has ended.
  public func rescue(at now: Date) throws(JobStoreError) -> Int {
    try write { db in
      let ending = JobEnding(db: db, now: now)
      try ending.expire()
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT * FROM job INDEXED BY job_running WHERE state = 'running' AND lease_end < ?
          """,
        arguments: [now.timeIntervalSince1970])
      let lost = rows.compactMap(Job.init)
      for job in lost { try Self.pickUp(job, ending) }
      return lost.count
    }
  }

  /// The job of a lease, if it is still the worker's.
  private static func held(_ lease: JobLease, _ db: Database) throws -> Job? {
    let row = try Row.fetchOne(
      db,
      cachedStatement: "SELECT * FROM job WHERE id = ? AND state = 'running' AND fence = ?",
      [lease.id, lease.fence])
    return row.flatMap(Job.init)
  }

  private static func tryAgain(_ job: Job, _ reason: String, _ ending: JobEnding) throws {
    if job.isCancelRequested {
      return try ending.end(job.id, .cancelled, "cancelled while it ran; \(reason)")
    }
    let failures = job.attempt - job.losses
    guard failures < job.request.retry.attempts else {
      return try ending.end(job.id, .failed, reason)
    }
    try postpone(
      job.id, by: job.request.retry.delay(after: failures, of: job.id), reason, ending)
  }

  /// A job whose worker died is not to blame, and goes on at once; one that this happens to again and
  /// again rests longer each time, and is given up in the end.
  private static func pickUp(_ job: Job, _ ending: JobEnding) throws {
    let reason = "its worker \(job.worker ?? "?") was lost"
    if job.isCancelRequested {
      return try ending.end(job.id, .cancelled, "cancelled while it ran; \(reason)")
    }
    try ending.db.change("UPDATE job SET losses = losses + 1 WHERE id = ?", [job.id])
    guard job.losses + 1 < RetryPolicy.mostLosses else {
      return try ending.end(
        job.id, .failed, "its workers were lost \(job.losses + 1) times: \(reason)")
    }
    let pause = job.losses == 0 ? 0 : job.request.retry.delay(after: job.losses, of: job.id)
    try postpone(job.id, by: pause, reason, ending)
  }

  private static func postpone(
    _ job: Int64, by seconds: Double, _ reason: String, _ ending: JobEnding
  ) throws {
    try ending.db.change(
      """
      UPDATE job SET state = 'scheduled', start = ?, outcome = ?, worker = NULL, lease_end = NULL
      WHERE id = ?
      """, [ending.now.timeIntervalSince1970 + seconds, reason, job])
  }
}
