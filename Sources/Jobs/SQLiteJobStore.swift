import Foundation
import GRDB

/// A queue in one SQLite file that several processes share.
///
/// The journal is written ahead (WAL) and every transaction reaches the disk before it returns
/// (`synchronous=FULL`), so one call with many jobs is much cheaper than many calls. Two coordinators
/// on one file share it: each claim is one transaction.
public struct SQLiteJobStore: JobStore {
  private let database: any DatabaseWriter

  /// Opens or makes the queue at `path`.
  ///
  /// - Parameter checks: whether every page is looked at first, as a damaged queue must not hand out
  ///   work; a second for a million jobs.
  public init(path: String, checks: Bool = true) throws(JobStoreError) {
    do {
      var configuration = Self.configuration
      configuration.busyMode = .timeout(20)
      // One who turns the journal on while another does is told that the file is busy, at once.
      let pool = try Self.again(if: { ($0 as? DatabaseError)?.resultCode == .SQLITE_BUSY }) {
        try DatabasePool(path: path, configuration: configuration)
      }
      try self.init(pool, path: path, checks: checks)
    } catch let error as JobStoreError {
      throw error
    } catch {
      throw Self.error(error, path: path)
    }
  }

  /// A queue in memory, for one process and its tests.
  public init() throws(JobStoreError) {
    do {
      let queue = try DatabaseQueue(configuration: Self.configuration)
      try self.init(queue, path: ":memory:", checks: false)
    } catch {
      throw Self.error(error, path: ":memory:")
    }
  }

  private init(_ database: any DatabaseWriter, path: String, checks: Bool) throws {
    self.database = database
    // GRDB sets NORMAL when it turns the journal on, with which a power cut takes back what returned.
    try database.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA synchronous = FULL") }
    if checks {
      let verdict = try database.read { db in
        try String.fetchOne(db, sql: "PRAGMA quick_check(1)") ?? "no answer"
      }
      guard verdict == "ok" else { throw JobStoreError.damaged(path: path, detail: verdict) }
    }
    let isNewer = try database.read { db in try JobSchema.migrator.hasBeenSuperseded(db) }
    guard !isNewer else {
      let last = try database.read { db in
        try JobSchema.migrator.appliedIdentifiers(db).sorted().last ?? "?"
      }
      throw JobStoreError.newer(path: path, version: last)
    }
    // Of several that open a new file at the same instant one makes the tables; the others find that
    // they are there, after they began to make them too.
    try Self.again(if: { $0 is DatabaseError }) { try JobSchema.migrator.migrate(database) }
  }

  /// Tries again, a few times, what another process may have come in the way of.
  private static func again<Value>(
    if isTransient: (any Error) -> Bool, _ body: () throws -> Value
  ) throws -> Value {
    for _ in 0..<10 {
      do { return try body() } catch {
        guard isTransient(error) else { throw error }
        Thread.sleep(forTimeInterval: 0.02)
      }
    }
    return try body()
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.label = "jobs"
    return configuration
  }

  /// Writes a copy of the queue as it is now, while it is used, to a file that must not exist.
  public func backUp(to path: String) throws(JobStoreError) {
    do {
      try database.writeWithoutTransaction { db in
        try db.execute(sql: "VACUUM INTO ?", arguments: [path])
      }
    } catch {
      throw Self.error(error, path: path)
    }
  }

  /// SQLite's level of synchronising: 2 is FULL.
  func synchronousLevel() throws(JobStoreError) -> Int {
    try write { db in try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? 0 }
  }

  func write<Value>(_ body: (Database) throws -> Value) throws(JobStoreError) -> Value {
    do {
      return try database.write(body)
    } catch let error as JobStoreError {
      throw error
    } catch {
      throw Self.error(error, path: database.path)
    }
  }

  func read<Value>(_ body: (Database) throws -> Value) throws(JobStoreError) -> Value {
    do {
      return try database.read(body)
    } catch let error as JobStoreError {
      throw error
    } catch {
      throw Self.error(error, path: database.path)
    }
  }

  private static func error(_ error: any Error, path: String) -> JobStoreError {
    guard let error = error as? DatabaseError else { return .unavailable("\(error)") }
    return switch error.resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      .damaged(path: path, detail: error.message ?? "\(error.resultCode)")
    case .SQLITE_IOERR, .SQLITE_FULL, .SQLITE_CANTOPEN:
      .unavailable(
        "\(path): \(error.message ?? "\(error.resultCode)"); is the disk full or read-only?")
    default: .unavailable("\(path): \(error.message ?? "\(error.resultCode)")")
    }
  }
}
