import Foundation
import Records
import TestSupport
import Testing

@testable import Hospitals

@Suite("The fields of the Common Data Model")
struct ModelLayoutTests {
  private func layout(_ version: ModelVersion) throws -> ModelLayout {
    let file = MadeUpModel.layouts.appending(path: ModelLayout.fileName(version))
    return try ModelLayout(version, from: .file(file.path))
  }

  @Test(
    "a version is read as hospitals write it",
    arguments: [
      ("5.4", .v5_4), ("v5.4.1", .v5_4), ("CDM v5.3.1", .v5_3), ("v5.2.2", .v5_2), ("5.3", .v5_3),
      ("6.0", nil), ("5", nil), ("", nil), ("v5.40", nil), ("latest", nil),
    ] as [(String, ModelVersion?)])
  func versions(_ text: String, _ version: ModelVersion?) {
    #expect(ModelVersion(text) == version)
  }

  @Test(.enabled(if: SharedData.isPresent))
  func `the fields of 5.4 are those of OHDSI's own table, in its order`() throws {
    let path = SharedData.path("datasets/omop_schema/OMOP_CDMv5.4_Field_Level.csv")
    let table = try TableReader(.file(path))
    let ours = try layout(.v5_4)
    var places: [String: Int] = [:]
    var rows = 0
    func place(_ name: String) throws -> Int {
      try #require(table.header.firstIndex(of: name))
    }
    while let next = try table.next() {
      guard case .row(let row) = next else {
        Issue.record("a row of OHDSI's table cannot be read")
        continue
      }
      rows += 1
      let name = row.fields[try place("cdmTableName")].lowercased()
      let fields = try #require(ours.fields[name])
      let field = fields[places[name, default: 0]]
      places[name, default: 0] += 1
      let wanted = row.fields[try place("cdmFieldName")].lowercased()
      #expect(field.name == wanted.replacingOccurrences(of: "\"", with: ""))
      #expect(field.isRequired == (row.fields[try place("isRequired")] == "Yes"))
      #expect(field.isPrimaryKey == (row.fields[try place("isPrimaryKey")] == "Yes"))
      let isForeign = row.fields[try place("isForeignKey")] == "Yes"
      let other = row.fields[try place("fkTableName")].lowercased()
      #expect(field.references == (isForeign ? other : nil))
      let domain = row.fields[try place("fkDomain")]
      #expect(field.domains.joined(separator: ", ") == (domain == "NA" ? "" : domain))
      let type = row.fields[try place("cdmDatatype")].lowercased()
      let kind: ModelField.Kind =
        type == "integer"
        ? .integer : type == "float" ? .number : type.hasPrefix("date") ? .date : .text
      #expect(field.kind == kind)
    }
    #expect(rows == 432 && ours.fields.values.reduce(0) { $0 + $1.count } == rows)
  }

  @Test func `older versions lack what came later and keep the old names`() throws {
    let (old, older) = (try layout(.v5_3), try layout(.v5_2))
    #expect(old.fields["episode"] == nil && older.fields["visit_detail"] == nil)
    let visit = try #require(old.fields["visit_occurrence"]).map(\.name)
    #expect(visit.contains("admitting_source_concept_id"))
    #expect(!visit.contains("admitted_from_concept_id"))
    #expect(older.fields["payer_plan_period"]?.count == 7)
    #expect(older.fields["measurement"]?.count == 18)
  }

  @Test func `a folder whose version is another, unknown or unsaid is an error that says so`()
    throws
  {
    func error(_ version: String?, _ wanted: ModelVersion?) throws -> String {
      let header = "cdm_source_name,cdm_source_abbreviation,cdm_version\n"
      let model = try MadeUpModel(
        version.map { ["cdm_source.csv": header + "a,b,\($0)\n"] } ?? [:])
      do {
        _ = try model.folder(wanted)
        return ""
      } catch let error as HospitalError { return error.description }
    }
    #expect(try error("v5.4", .v5_4) == "")
    #expect(try error("v5.3.1", nil) == "")
    #expect(try error("v5.3.1", .v5_4).contains("says version v5.3.1, not 5.4"))
    #expect(try error("6.0", nil).contains("says version 6.0"))
    #expect(try error(nil, nil).contains("--cdm"))
  }

  @Test func `a folder without persons, or with two files of a table, is an error`() throws {
    #expect(throws: HospitalError.self) { try MadeUpModel(["person.csv": ""]).folder() }
    #expect(throws: HospitalError.self) { try MadeUpModel(["PERSON.tsv": "x"]).folder() }
    #expect(throws: HospitalError.self) {
      try RecordFolder(
        at: URL(filePath: "/nowhere"), .init(version: .v5_4, layouts: MadeUpModel.layouts))
    }
  }
}
