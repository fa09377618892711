import Foundation
import Provenance
import Records
import TestSupport
import Testing

@testable import Hospitals

@Suite(
  "A hospital in PostgreSQL", .enabled(if: PostgresServer.programs != nil, "no PostgreSQL server"))
struct ModelDatabaseTests {
  private let server: PostgresServer

  init() throws { server = try PostgresServer() }

  private func database(
    schema: String = "cdm", user: String? = nil, version: ModelVersion? = .v5_4
  ) throws -> RecordFolder {
    let address = user.map { server.address.replacing("user=osong", with: "user=\($0)") }
    return try RecordFolder(
      database: address ?? server.address, schema: schema,
      .init(version: version, layouts: MadeUpModel.layouts))
  }

  /// Loads the tables of a folder; columns are of the types that their fields say.
  private func load(_ folder: RecordFolder) throws {
    try server.run("CREATE SCHEMA cdm")
    for (name, source) in folder.sources {
      let fields = try #require(folder.layout.fields[name])
      guard let header = try UnpackedBytes(source).next()?.prefix(while: { $0 != 10 }) else {
        continue
      }
      let columns = String(decoding: header, as: UTF8.self).lowercased()
        .trimmingCharacters(in: .whitespacesAndNewlines).split(separator: ",").map(String.init)
      let types = columns.map { column in
        switch fields.first(where: { $0.name == column })?.kind {
        case .integer: "\"\(column)\" bigint"
        case .number: "\"\(column)\" numeric"
        case .date: "\"\(column)\" \(column.hasSuffix("datetime") ? "timestamp" : "date")"
        case .text, nil: "\"\(column)\" text"
        }
      }
      try server.run("CREATE TABLE cdm.\(name) (\(types.joined(separator: ", ")))")
      let path = source.name
      let program = path.hasSuffix(".gz") ? "gzip -dc \(path)" : "cat \(path)"
      try server.run("\\copy cdm.\(name) FROM PROGRAM '\(program)' WITH (FORMAT csv, HEADER)")
    }
  }

  /// A hospital that does not exist, of 300 persons, as files and in the database.
  private func madeUp() throws -> (scratch: ScratchFolder, folder: RecordFolder) {
    let scratch = try ScratchFolder()
    _ = try ModelSimulation(people: 300, seed: 5).write(into: scratch.url.path)
    let folder = try RecordFolder(at: scratch.url, .init(layouts: MadeUpModel.layouts))
    try load(folder)
    return (scratch, folder)
  }

  @Test func `it is read as the files it was loaded from, and says the digest of its own CSV`()
    throws
  {
    let (scratch, folder) = try madeUp()
    let database = try database(version: nil)
    #expect(database.layout.version == .v5_4 && database.lastDay == folder.lastDay)
    let (found, wanted) = (try FolderReading(database), try FolderReading(folder))
    #expect(found.accounts == wanted.accounts && found.persons == 300)
    for table in found.accounts.map(\.table) {
      let path = scratch.path("out.csv")
      try server.run(
        "\\copy (SELECT * FROM cdm.\(table)) TO '\(path)' WITH (FORMAT csv, HEADER)")
      let artifact = try database.artifact(of: table)
      #expect(artifact.digest == (try Digest(ofFileAt: URL(filePath: path))), "\(table)")
      #expect(artifact.name == "cdm.\(table)")
    }
  }

  @Test func `a case series is the one of the files`() throws {
    let (scratch, folder) = try madeUp()
    let database = try database()
    func series(_ folder: RecordFolder) throws -> CaseSeries.Outcome {
      try ModelSeries(
        folder, drugs: ConceptSet([1_539_403]), conditions: ConceptSet([137_967])
      ).read(SeriesDesign(risk: [try #require(RiskWindow("0:end"))])).series.estimate()
    }
    #expect(try series(database).findings == series(folder).findings)
    _ = scratch
  }

  @Test(.enabled(if: SharedData.isPresent))
  func `a public set is the same from both`() throws {
    let folder = try RecordFolder(
      at: SharedData.folder.appending(path: "datasets/omop_synthea27nj"),
      .init(layouts: MadeUpModel.layouts))
    try load(folder)
    let (found, wanted) = (try FolderReading(try database()), try FolderReading(folder))
    #expect(found.accounts.map(\.table) == wanted.accounts.map(\.table) && found.isComplete)
    for (one, other) in zip(found.accounts, wanted.accounts) {
      #expect(one.rows == other.rows && one.refused == other.refused, "\(one.table)")
      #expect(one.fields.map(\.missing) == other.fields.map(\.missing), "\(one.table)")
      #expect(one.codes == other.codes, "\(one.table)")
    }
  }

  @Test func `what changes after it was opened is not seen, and nothing can be changed`() throws {
    let (scratch, folder) = try madeUp()
    let database = try database()
    try server.run("DELETE FROM cdm.condition_era; INSERT INTO cdm.person (person_id) VALUES (7)")
    #expect(try FolderReading(database).accounts == FolderReading(folder).accounts)
    let connection = try PostgresConnection(try PostgresAddress(server.address))
    #expect(throws: PostgresConnection.Failure.self) { try connection.run("DROP SCHEMA cdm") }
    _ = scratch
  }

  @Test func `a table that nobody reads on is let go, and a server that stops is an error`() throws
  {
    let (scratch, _) = try madeUp()
    let database = try database()
    let measurements = try #require(database.sources["measurement"])
    for _ in 0..<20 { _ = try RecordBytes(measurements).next() }
    #expect(try FolderReading(database).isComplete)
    try server.stop()
    #expect(throws: RecordError.self) { _ = try RecordBytes(measurements).next() }
    #expect(throws: HospitalError.self) { try self.database() }
    _ = scratch
  }

  @Test func `passwords, schemas that are not there, tables one may not read are refused`() throws {
    try server.run(
      "CREATE SCHEMA cdm; CREATE TABLE cdm.person (person_id bigint); CREATE ROLE guest LOGIN; "
        + "GRANT USAGE ON SCHEMA cdm TO guest")
    func message(_ body: () throws -> Void) -> String {
      do { try body() } catch { return "\(error)" }
      return ""
    }
    let secret = message {
      _ = try RecordFolder(
        database: "postgresql://osong:hunter2@localhost/cdm", schema: "cdm",
        .init(layouts: MadeUpModel.layouts))
    }
    #expect(secret.contains("pgpass") && !secret.contains("hunter2"))
    #expect(message { _ = try database(schema: "no'where") }.contains("--schema"))
    #expect(message { _ = try database(user: "guest") }.contains("--schema"))
    #expect(message { _ = try database(version: nil) }.contains("--cdm"))
    #expect(message { _ = try database(user: "nobody") }.contains("nobody"))
  }
}
