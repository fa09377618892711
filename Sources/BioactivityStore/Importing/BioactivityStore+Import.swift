import Foundation
import GRDB
public import Parallelism
import Provenance
public import Records

extension BioactivityStore {
  /// Takes the rows of a source, in transactions of `batch` rows.
  ///
  /// Each row of a source, known by the digest of its bytes, is taken once: an import that was killed
  /// goes on where it was, and one that was finished does nothing. Each distinct spelling of a
  /// structure is standardised once.
  ///
  /// - Parameters:
  ///   - source: a file, plain or gzip, or bytes.
  ///   - shouldStop: asked before each batch; the import ends there and can go on.
  /// - Returns: what became of the rows; nil when it was stopped.
  /// - Complexity: O(rows + spellings); memory O(batch × threads).
  @discardableResult
  public func importActivities(
    from source: RecordSource, format: ActivityFormat, pool: WorkerPool, batch: Int = 2_000,
    shouldStop: () -> Bool = { false }, progress: (ImportProgress) -> Void = { _ in }
  ) throws(BioactivityError) -> ImportReport? {
    precondition(batch > 0, "a batch has at least one row, got \(batch)")
    do {
      var rows = try ImportSource(source, format: format, targets: try targetReading())
      let record = try claim(rows, format)
      if record.isComplete { return try report(record.id, wasThere: true) }
      var intake = ActivityIntake(store: self, source: record.id, name: rows.name)
      for number in 0..<record.rows { _ = try rows.next(number + 1) }
      var number = record.rows
      var isStopped = false
      try pool.stream(
        next: { () throws -> ActivityBatch? in
          isStopped = isStopped || shouldStop()
          guard !isStopped else { return nil }
          var read: [ImportSource.Read] = []
          while read.count < batch, let row = try rows.next(number + 1) {
            number += 1
            read.append(row)
          }
          return read.isEmpty ? nil : try intake.batch(of: read)
        },
        transform: { (batch: ActivityBatch) in batch.standardised() },
        consume: { (batch: ActivityBatch) in
          try intake.store(batch)
          progress(ImportProgress(rows: batch.last, share: rows.share))
        })
      if isStopped { return nil }
      try write { db in
        try db.execute(sql: "UPDATE source SET complete = 1 WHERE id = ?", arguments: [record.id])
      }
      return try report(record.id, wasThere: false)
    } catch {
      throw BioactivityError(error, path: url.path)
    }
  }

  private struct SourceRecord {
    let id: Int64
    let rows: Int
    let isComplete: Bool
  }

  private func claim(
    _ source: ImportSource, _ format: ActivityFormat
  ) throws(BioactivityError) -> SourceRecord {
    try write { db in
      try db.execute(
        sql: "INSERT OR IGNORE INTO source (digest, name, format) VALUES (?, ?, ?)",
        arguments: [source.digest.hex, source.name, format.key])
      let row = try Row.fetchOne(
        db, sql: "SELECT * FROM source WHERE digest = ?", arguments: [source.digest.hex])
      guard let row, row["format"] == format.key else {
        throw BioactivityError.otherFormat(source: source.name)
      }
      return SourceRecord(id: row["id"], rows: row["rows"], isComplete: row["complete"])
    }
  }

  private func report(
    _ source: Int64, wasThere: Bool
  ) throws(BioactivityError) -> ImportReport {
    try read { db in
      let row = try Row.fetchOne(db, sql: "SELECT * FROM source WHERE id = ?", arguments: [source])
      let counts = try Row.fetchOne(
        db, sql: "SELECT count(*), count(DISTINCT row) FROM measurement WHERE source = ?",
        arguments: [source])
      guard let row, let counts, let digest = Digest(hex: row["digest"]) else {
        throw BioactivityError.damaged(path: url.path, detail: "a source without a digest")
      }
      // A whole row is refused under the empty endpoint.
      func refused(_ condition: String) throws -> [ActivityRefusal.Code: Int] {
        let rows = try Row.fetchAll(
          db,
          sql: """
            SELECT code, count(*) AS n FROM refusal WHERE source = ? AND \(condition) GROUP BY code
            """, arguments: [source])
        return rows.reduce(into: [:]) { counts, row in
          if let code = ActivityRefusal.Code(rawValue: row["code"]) { counts[code] = row["n"] }
        }
      }
      return ImportReport(
        name: row["name"], digest: digest, rows: row["rows"], taken: counts[1],
        measurements: counts[0], refused: try refused("endpoint = ''"),
        refusedValues: try refused("endpoint <> ''"), wasThere: wasThere)
    }
  }
}
