import Provenance
import Records
import Synchronization

/// A schema of a PostgreSQL database, as it was when it was opened: all tables of one state.
///
/// Every table comes over a connection of its own, as `COPY` writes CSV, and so through the same
/// reader as a file; a connection that stays open holds the state. Nothing is written.
final class ModelDatabase: Sendable {
  let address: PostgresAddress
  let schema: String
  /// The tables and views that may be read, in lower case, and how the database spells them.
  let tables: [String: String]
  private let snapshot: String
  private let holder: Mutex<PostgresConnection>
  private let digests = Mutex<[String: Artifact]>([:])

  /// Opens a schema.
  init(_ address: PostgresAddress, schema: String) throws(HospitalError) {
    self.address = address
    self.schema = schema
    do throws(PostgresConnection.Failure) {
      let connection = try PostgresConnection(address)
      let found = try connection.run(
        "SELECT table_name::text FROM information_schema.tables WHERE table_schema = "
          + "\(try connection.literal(schema)) ORDER BY 1")
      var tables: [String: String] = [:]
      var twice: String?
      for name in found where tables.updateValue(name, forKey: name.lowercased()) != nil {
        twice = name
      }
      let snapshot = try connection.run("SELECT pg_export_snapshot()").first ?? ""
      guard twice == nil else {
        throw PostgresConnection.Failure(reason: "more than one table \(twice ?? "")")
      }
      self.tables = tables
      self.snapshot = snapshot
      holder = Mutex(connection)
    } catch {
      throw HospitalError("\(address.name): \(error.reason)")
    }
    guard !tables.isEmpty else {
      throw HospitalError(
        "\(address.name): no table in the schema \(schema) that this user may read; name another "
          + "with --schema")
    }
  }

  /// A table's rows as CSV.
  func source(_ table: String) -> RecordSource {
    .pieces(
      RecordPieces(name: "\(address.name) \(schema).\(table)") { () throws(RecordError) in
        try self.open(table)
      })
  }

  /// What a table was when it was read: the digest of its CSV.
  func artifact(of table: String) throws -> Artifact {
    if let known = digests.withLock({ $0[table] }) { return known }
    let bytes = try RecordBytes(source(table))
    while try bytes.next() != nil {}
    return digests.withLock { $0[table] } ?? Artifact(name: table, digest: Digest(of: ""))
  }

  private func open(_ table: String) throws(RecordError) -> RecordPieces.Next {
    let name = "\(address.name) \(schema).\(table)"
    let connection: PostgresConnection
    do throws(PostgresConnection.Failure) {
      connection = try PostgresConnection(address, snapshot: snapshot)
      try connection.copy(tables[table] ?? table, of: schema)
    } catch {
      throw .unreadable(source: name, reason: error.reason)
    }
    var digest = DigestStream()
    var count = 0
    return { () throws(RecordError) in
      do throws(PostgresConnection.Failure) {
        if let piece = try connection.next() {
          digest.update(piece)
          count += piece.count
          return piece
        }
      } catch {
        throw .unreadable(source: name, reason: error.reason)
      }
      self.note(Artifact(name: "\(self.schema).\(table)", digest: digest.finish(), bytes: count))
      return nil
    }
  }

  private func note(_ artifact: Artifact) {
    let table = String(artifact.name.dropFirst(schema.count + 1))
    digests.withLock { $0[table] = artifact }
  }
}
