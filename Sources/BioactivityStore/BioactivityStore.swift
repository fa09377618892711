public import Foundation
import GRDB

/// Measured activities of compounds on targets in one SQLite file: source rows that never change,
/// and curated views of them.
///
/// The journal is written ahead (WAL), so an import may go on while others read. A source counts in
/// the views once it was imported whole.
public struct BioactivityStore: Sendable {
  /// Where the file stands.
  public let url: URL
  let database: any DatabaseWriter

  /// Opens the store, or makes it.
  ///
  /// - Parameter mayCreate: whether a file that is not there is made; without it that is an error.
  public init(at url: URL, mayCreate: Bool = true) throws(BioactivityError) {
    if !mayCreate, !FileManager.default.fileExists(atPath: url.path) {
      throw .missing(path: url.path)
    }
    self.url = url
    do {
      var configuration = Configuration()
      configuration.label = "activities"
      configuration.busyMode = .timeout(20)
      let pool = try DatabasePool(path: url.path, configuration: configuration)
      database = pool
      let isNewer = try pool.read { db in
        try BioactivitySchema.migrator.hasBeenSuperseded(db)
      }
      if isNewer { throw BioactivityError.newer(path: url.path) }
      try BioactivitySchema.migrator.migrate(pool)
    } catch {
      throw BioactivityError(error, path: url.path)
    }
  }

  func write<Value>(_ body: (Database) throws -> Value) throws(BioactivityError) -> Value {
    do { return try database.write(body) } catch { throw BioactivityError(error, path: url.path) }
  }

  func read<Value>(_ body: (Database) throws -> Value) throws(BioactivityError) -> Value {
    do { return try database.read(body) } catch { throw BioactivityError(error, path: url.path) }
  }
}
