public import Foundation
public import Provenance
public import Records

/// The tables of a hospital in the Common Data Model: a folder with a file each, `.csv`, `.tsv` or
/// `.txt`, also `.gz`; or a schema of a PostgreSQL database.
public struct RecordFolder: Sendable {
  /// The folder or the database, in messages.
  public let place: String
  /// Each table's rows, by the table's name in lower case.
  public let sources: [String: RecordSource]
  /// The fields that the tables should have.
  public let layout: ModelLayout
  /// The last day of the records, by `cdm_source` unless it was given; nil where nobody says.
  public let lastDay: Int?
  private let database: ModelDatabase?

  /// What tells a reader how to read, where the tables do not say.
  public struct Reading: Sendable {
    /// The version, for hospitals without `cdm_source`; what that says must agree.
    public var version: ModelVersion?
    /// The last day of the records, in place of `source_release_date`.
    public var lastDay: Int?
    /// The folder with the tables of fields.
    public var layouts: URL

    /// Describes the reading.
    public init(version: ModelVersion? = nil, lastDay: Int? = nil, layouts: URL) {
      self.version = version
      self.lastDay = lastDay
      self.layouts = layouts
    }
  }

  /// Opens a folder and learns its version and last day from `cdm_source`.
  public init(at url: URL, _ reading: Reading) throws {
    try self.init(url.path, try Self.files(in: url).mapValues { .file($0.path) }, nil, reading)
  }

  /// Opens a schema of a database.
  ///
  /// - Parameter address: a URL, `postgresql://host/name`, without a password.
  public init(database address: String, schema: String, _ reading: Reading) throws {
    let database = try ModelDatabase(try PostgresAddress(address), schema: schema)
    let sources = database.tables.keys.map { ($0, database.source($0)) }
    try self.init(
      "\(database.address.name), schema \(schema)", Dictionary(uniqueKeysWithValues: sources),
      database, reading)
  }

  /// Whether a text names a database and no folder.
  public static func isDatabase(_ text: String) -> Bool { PostgresAddress.isMeant(by: text) }

  private init(
    _ place: String, _ sources: [String: RecordSource], _ database: ModelDatabase?,
    _ reading: Reading
  ) throws {
    let said = try sources["cdm_source"].flatMap { try Self.source($0) }
    if let text = said?.version, !text.isEmpty {
      guard let found = ModelVersion(text) else {
        throw HospitalError(
          "\(place): cdm_source says version \(text.prefix(20)); read are "
            + ModelVersion.allCases.map(\.rawValue).joined(separator: ", "))
      }
      guard reading.version == nil || reading.version == found else {
        throw HospitalError(
          "\(place): cdm_source says version \(text.prefix(20)), "
            + "not \(reading.version?.rawValue ?? "")")
      }
    }
    guard let version = reading.version ?? said.flatMap({ ModelVersion($0.version) }) else {
      throw HospitalError("\(place): no cdm_source says the version; name it with --cdm")
    }
    self.place = place
    self.sources = sources
    self.database = database
    let table = reading.layouts.appending(path: ModelLayout.fileName(version))
    layout = try ModelLayout(version, from: .file(table.path))
    lastDay = reading.lastDay ?? said?.lastDay
    guard sources["person"] != nil else {
      throw HospitalError(
        "\(place): no table person" + (database == nil ? " (person.csv, .tsv, .txt, also .gz)" : "")
      )
    }
  }

  /// What a table held, by its digest: of the file, or of the CSV that the database sent.
  public func artifact(of table: String) throws -> Artifact {
    if let database { return try database.artifact(of: table) }
    guard case .file(let path) = sources[table] else {
      throw HospitalError("\(place): no table \(table)")
    }
    return try Artifact(fileAt: URL(filePath: path))
  }

  /// Tables that the version does not have, by name.
  public var unknownTables: [String] {
    sources.keys.filter { layout.fields[$0] == nil }.sorted()
  }

  private static func files(in url: URL) throws -> [String: URL] {
    guard let found = try? FileManager.default.contentsOfDirectory(atPath: url.path) else {
      throw HospitalError("\(url.path): no such folder")
    }
    var files: [String: URL] = [:]
    for name in found.sorted() where !name.hasPrefix(".") {
      var stem = name.lowercased()
      if stem.hasSuffix(".gz") { stem.removeLast(3) }
      guard let ending = [".csv", ".tsv", ".txt"].first(where: { stem.hasSuffix($0) }) else {
        continue
      }
      stem.removeLast(ending.count)
      guard files[stem] == nil else {
        throw HospitalError("\(url.path): more than one file of the table \(stem)")
      }
      files[stem] = url.appending(path: name)
    }
    return files
  }

  /// What `cdm_source` says: its columns are the same in all versions up to the ninth.
  private static func source(_ source: RecordSource) throws -> (version: String, lastDay: Int?)? {
    let names = [
      "cdm_source_name", "cdm_source_abbreviation", "cdm_holder", "source_description",
      "source_documentation_reference", "cdm_etl_reference", "source_release_date",
      "cdm_release_date", "cdm_version",
    ]
    let table = try TableReader(source, format: try format(source), hasHeader: false)
    var columns = names
    while let next = try table.next() {
      guard case .row(let row) = next else { continue }
      let lower = row.fields.map { $0.lowercased() }
      if lower.contains("cdm_version") {
        columns = lower
        continue
      }
      func value(_ name: String) -> String? {
        columns.firstIndex(of: name).flatMap { $0 < row.fields.count ? row.fields[$0] : nil }
      }
      let days = [value("source_release_date"), value("cdm_release_date")].compactMap { $0 }
      return (value("cdm_version") ?? "", days.lazy.compactMap { StudyDay.read($0) }.first)
    }
    return nil
  }

  private static func format(_ source: RecordSource) throws -> RecordFormat {
    guard let piece = try RecordBytes(source).next() else { return .csv }
    return piece.prefix { $0 != 0x0A }.contains(0x09) ? .tsv : .csv
  }
}
