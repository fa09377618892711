import Foundation
import GRDB

/// What the end of a job means to those that depend on it.
struct JobEnding {
  let db: Database
  let now: Date

  /// Ends a job, and with it those that can never begin, or lets those go on that waited for it.
  func end(_ id: Int64, _ state: JobState, _ outcome: String) throws {
    var ended = [(id, state, outcome)]
    while let (id, state, outcome) = ended.popLast() {
      try db.change(
        """
        UPDATE job SET state = ?, outcome = ?, finished = ?, worker = NULL, lease_end = NULL,
          progress = CASE ? WHEN 'succeeded' THEN 1 ELSE progress END WHERE id = ?
        """, [state.rawValue, outcome, now.timeIntervalSince1970, state.rawValue, id])
      let waiting = try Int64.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT job FROM dependency JOIN job ON job.id = dependency.job
            WHERE needs = ? AND state = 'blocked' ORDER BY job
            """), arguments: [id])
      if state == .succeeded {
        try waiting.forEach(unblock)
      } else {
        ended += waiting.map { ($0, .failed, "job \(id), which it needs, \(state.rawValue)") }
      }
    }
  }

  private func unblock(_ id: Int64) throws {
    try db.change("UPDATE job SET pending = pending - 1 WHERE id = ?", [id])
    try db.change(
      """
      UPDATE job SET state = CASE WHEN start > ? THEN 'scheduled' ELSE 'ready' END
      WHERE id = ? AND pending = 0
      """, [now.timeIntervalSince1970, id])
  }

  /// Ends all that were not begun by their deadline.
  func expire() throws {
    let late = try Int64.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT id FROM job INDEXED BY job_deadline
          WHERE deadline IS NOT NULL AND deadline < ?
            AND state IN ('blocked', 'scheduled', 'ready')
          """), arguments: [now.timeIntervalSince1970])
    for id in late {
      // An earlier one of them may have ended it already.
      let isWaiting = try !Job.find(id, db).state.isFinal
      if isWaiting { try end(id, .failed, "not begun by its deadline") }
    }
  }
}
