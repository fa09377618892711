public import Foundation
import Records

/// A folder with tables of the Common Data Model: a file each, `.csv`, `.tsv` or `.txt`, also `.gz`.
public struct RecordFolder: Sendable {
  /// The folder.
  public let url: URL
  /// The file of each table, by the table's name in lower case.
  public let files: [String: URL]
  /// The fields that the tables should have.
  public let layout: ModelLayout
  /// The last day of the records, by `cdm_source` unless it was given; nil where nobody says.
  public let lastDay: Int?

  /// Opens a folder and learns its version and last day from `cdm_source`.
  ///
  /// - Parameters:
  ///   - version: the version, for folders without `cdm_source`; what that says must agree.
  ///   - tables: the folder with the tables of fields.
  ///   - lastDay: the last day of the records, in place of `source_release_date`.
  public init(
    at url: URL, version: ModelVersion? = nil, layouts tables: URL, lastDay: Int? = nil
  ) throws {
    let files = try Self.files(in: url)
    let said = try files["cdm_source"].flatMap { try Self.source($0) }
    if let text = said?.version, !text.isEmpty {
      guard let found = ModelVersion(text) else {
        throw HospitalError(
          "\(url.path): cdm_source says version \(text.prefix(20)); read are "
            + ModelVersion.allCases.map(\.rawValue).joined(separator: ", "))
      }
      guard version == nil || version == found else {
        throw HospitalError(
          "\(url.path): cdm_source says version \(text.prefix(20)), "
            + "not \(version?.rawValue ?? "")")
      }
    }
    guard let version = version ?? said.flatMap({ ModelVersion($0.version) }) else {
      throw HospitalError("\(url.path): no cdm_source says the version; name it with --cdm")
    }
    self.url = url
    self.files = files
    let table = tables.appending(path: ModelLayout.fileName(version))
    layout = try ModelLayout(version, from: .file(table.path))
    self.lastDay = lastDay ?? said?.lastDay
    guard files["person"] != nil else {
      throw HospitalError("\(url.path): no table person (person.csv, .tsv, .txt, also .gz)")
    }
  }

  /// Tables of the folder that the version does not have, by name.
  public var unknownTables: [String] {
    files.keys.filter { layout.fields[$0] == nil }.sorted()
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
  private static func source(_ url: URL) throws -> (version: String, lastDay: Int?)? {
    let names = [
      "cdm_source_name", "cdm_source_abbreviation", "cdm_holder", "source_description",
      "source_documentation_reference", "cdm_etl_reference", "source_release_date",
      "cdm_release_date", "cdm_version",
    ]
    let table = try TableReader(.file(url.path), format: try format(url), hasHeader: false)
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

  private static func format(_ url: URL) throws -> RecordFormat {
    guard let piece = try RecordBytes(.file(url.path)).next() else { return .csv }
    return piece.prefix { $0 != 0x0A }.contains(0x09) ? .tsv : .csv
  }
}
