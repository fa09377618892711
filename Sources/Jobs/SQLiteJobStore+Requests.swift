public import Foundation
import GRDB

extension SQLiteJobStore {
  /// Adds jobs, all or none.
  public func enqueue(
    _ requests: [JobRequest], at now: Date
  ) throws(JobStoreError) -> [Int64] {
    for request in requests { try Self.check(request) }
    return try write { db in
      var ids: [Int64] = []
      for request in requests {
        var request = request
        for place in request.batchDependencies {
          guard ids.indices.contains(place) else { throw JobStoreError.wrongOrder(place: place) }
          request.dependencies.append(ids[place])
        }
        ids.append(try Self.insert(request, now, db))
      }
      return ids
    }
  }

  /// Withdraws a job.
  public func cancel(_ id: Int64, at now: Date) throws(JobStoreError) -> Bool {
    try write { db in
      let job = try Job.find(id, db)
      if job.state.isFinal { return false }
      if job.state == .running {
        try db.change("UPDATE job SET cancel_requested = 1 WHERE id = ?", [id])
      } else {
        try JobEnding(db: db, now: now).end(id, .cancelled, "cancelled before it began")
      }
      return true
    }
  }

  /// Makes a failed job ready again.
  public func retry(_ id: Int64, at now: Date) throws(JobStoreError) {
    try write { db in
      let job = try Job.find(id, db)
      guard job.state == .failed else {
        throw JobStoreError.forbidden(job: id, from: job.state, to: .ready)
      }
      let needed = try String.fetchAll(
        db,
        sql: "SELECT state FROM dependency JOIN job ON job.id = needs WHERE dependency.job = ?",
        arguments: [id])
      // One that needs a job which has failed would wait forever.
      guard !needed.contains("failed"), !needed.contains("cancelled") else {
        throw JobStoreError.forbidden(job: id, from: .failed, to: .ready)
      }
      let pending = needed.count { $0 != "succeeded" }
      try db.change(
        """
        UPDATE job SET state = ?, pending = ?, attempt = 0, losses = 0, start = NULL, deadline = NULL,
          finished = NULL, progress = 0 WHERE id = ?
        """, [pending > 0 ? "blocked" : "ready", pending, id])
    }
  }

  /// Forgets jobs that ended before an instant.
  public func prune(endedBefore instant: Date) throws(JobStoreError) -> Int {
    try write { db in
      try db.change(
        """
        DELETE FROM job WHERE finished IS NOT NULL AND finished < ? AND NOT EXISTS (
          SELECT 1 FROM dependency JOIN job AS other ON other.id = dependency.job
          WHERE needs = job.id AND other.finished IS NULL)
        """, [instant.timeIntervalSince1970])
      return db.changesCount
    }
  }

  private static func check(_ request: JobRequest) throws(JobStoreError) {
    let fields = [
      ("the payload", request.payload, JobRequest.payloadLimit), ("the kind", request.kind, 100),
      ("the user's name", request.user, 200), ("the unique key", request.uniqueKey ?? "", 1_000),
    ]
    for (field, text, limit) in fields where text.utf8.count > limit {
      throw .tooLong(field: field, limit: limit)
    }
  }

  static func insert(_ request: JobRequest, _ now: Date, _ db: Database) throws -> Int64 {
    if let key = request.uniqueKey,
      let known = try Row.fetchOne(
        db,
        cachedStatement: """
          SELECT id FROM job WHERE unique_key = ?
            AND state IN ('blocked', 'scheduled', 'ready', 'running')
          """, [key])
    {
      return known["id"]
    }
    var pending = 0
    for id in Set(request.dependencies) {
      let row = try Row.fetchOne(db, cachedStatement: "SELECT state FROM job WHERE id = ?", [id])
      guard let row else { throw JobStoreError.unknownDependency(id) }
      if row["state"] != "succeeded" { pending += 1 }
    }
    let isEarly = request.start.map { $0 > now } ?? false
    let state: JobState = pending > 0 ? .blocked : isEarly ? .scheduled : .ready
    try db.change(
      """
      INSERT INTO job (kind, payload, user, priority, start, deadline, unique_key, attempts, pause,
        longest_pause, state, pending, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        request.kind, request.payload, request.user, request.priority,
        request.start?.timeIntervalSince1970, request.deadline?.timeIntervalSince1970,
        request.uniqueKey, request.retry.attempts, request.retry.pause, request.retry.longestPause,
        state.rawValue, pending, now.timeIntervalSince1970,
      ])
    let id = db.lastInsertedRowID
    for needed in Set(request.dependencies) {
      try db.change("INSERT INTO dependency (job, needs) VALUES (?, ?)", [id, needed])
      let state = try Job.find(needed, db).state
      if state == .failed || state == .cancelled {
        try JobEnding(db: db, now: now).end(
          id, .failed, "job \(needed), which it needs, \(state.rawValue)")
        break
      }
    }
    return id
  }
}
