import CompoundLibrary
import Foundation
import Parallelism
import Patents
import Provenance
import Records
import TestSupport
import Testing

@testable import Campaigns

/// Three tables of a small corpus, as SureChEMBL gives them, and a book that lists one patent.
struct SmallCorpus {
  static let compounds = """
    id,smiles,inchi_key
    1,CC(=O)Oc1ccccc1C(=O)O,BSYNRYMUTXBXSQ-UHFFFAOYSA-N
    2,CC(=O)Oc1ccccc1C(=O)[O-].[Na+],
    3,C[C@H](N)C(=O)Oc1ccc(Cl)cc1,
    4,not a structure,
    5,CCCCCCCCCC(=O)N1CCN(C)CC1,
    6,CCCCO,
    7,OC(=O)c1ccccc1O,
    7,CCCC,
    """
  static let patents = """
    id,patent_number,publication_date,family_id,assignee
    10,US-9693992-B2,2017-07-04,500,Example
    11,EP-1111111-A1,2014-11-12,500,
    12,WO-2010000001-A1,2010-01-07,600,Another
    13,US-8000000-B2,2011-99-01,-1,
    """
  static let links = """
    patent_id,compound_id,field_id
    10,1,2
    10,1,1
    12,1,1
    12,2,3
    11,3,1
    13,5,2
    12,4,2
    10,7,4
    99,5,2
    13,77,2
    """
  static let families = """
    publication,family,earliest_filing_date
    US9693992,500,2014-05-12
    CN999,500,2013-02-03
    """
  static let book = """
    Appl_Type~Appl_No~Product_No~Patent_No~Patent_Expire_Date_Text
    N~020610~001~9693992~Aug 24, 2026
    """

  let scratch: ScratchFolder
  let folder: URL
  let sources: [RecordSource]

  init() throws {
    let scratch = try ScratchFolder()
    self.scratch = scratch
    folder = scratch.url.appending(path: "small.patents")
    sources = try [
      ("compounds.csv", Self.compounds), ("patents.csv", Self.patents), ("map.csv", Self.links),
      ("families.csv", Self.families), ("patent.txt", Self.book),
    ].map { .file(try scratch.write($0.1 + "\n", to: $0.0)) }
  }

  @discardableResult
  func build(
    _ sources: [RecordSource]? = nil, threads: Int = 2, sortBytes: Int = 1 << 20,
    shouldStop: @escaping () -> Bool = { false }
  ) throws -> CorpusManifest {
    var build = PatentIndexBuild(name: "SMALL")
    build.sortBytes = sortBytes
    return try build.build(
      from: sources ?? self.sources, to: folder, pool: WorkerPool(threads: threads),
      shouldStop: shouldStop)
  }

  func check() throws -> PatentCheck {
    try PatentCheck(index: folder, pool: WorkerPool(threads: 2))
  }
}

@Suite struct PatentIndexTests {
  private let corpus: SmallCorpus

  init() throws { corpus = try SmallCorpus() }

  @Test func `every row is accounted for, and what is left out is named`() throws {
    let manifest = try corpus.build()
    for input in manifest.inputs {
      #expect(
        input.counts.rows == input.counts.taken + input.counts.refused.values.reduce(0, +))
    }
    #expect(manifest.counts.compounds == 4)
    #expect(manifest.counts.documents == 4 && manifest.counts.families == 2)
    #expect(manifest.counts.documentsWithExpiry == 1)
    #expect(manifest.upTo?.description == "2017-07-04")
    // 4 is no structure, the second 7 repeats an identifier.
    #expect(manifest.refusedStructures == ["unreadable": 1, "duplicate-identifier": 1])
    #expect(manifest.marks[.sameStructure] == 1, "aspirin and its sodium salt")
    #expect(manifest.marks[.linkWithoutDocument] == 1)
    #expect(manifest.marks[.linkWithoutCompound] == 2)
    #expect(manifest.marks[.compoundWithoutLink] == 1)
    #expect(manifest.marks[.impossibleDate] == 1 && manifest.marks[.undatedDocument] == 1)
    #expect(manifest.marks[.documentWithoutFamily] == 1)
    let refused = try String(
      contentsOf: corpus.folder.appending(path: "refused.csv"), encoding: .utf8)
    #expect(refused.contains("compounds.csv,5,SCHEMBL4,unreadable"))
    #expect(refused.contains("compounds.csv,9,SCHEMBL7,duplicate-identifier"))
  }

  @Test func `the field outweighs the date, and the family's earliest day counts`() throws {
    try corpus.build()
    let findings = try corpus.check().findings(
      for: ["OC(=O)c1ccccc1OC(C)=O", "C[C@@H](N)C(=O)Oc1ccc(Cl)cc1", "CCCCO"], threshold: 0.85)
    let aspirin = try #require(findings[0].exact)
    #expect(aspirin.id == "SCHEMBL1" && aspirin.documents == 2 && aspirin.families == 2)
    #expect(aspirin.document?.fields == [.claims, .description])
    #expect(aspirin.document?.familySize == 3)
    #expect(aspirin.earliest?.description == "2010-01-07")
    #expect(
      findings[0].sentence
        == "found in US9693992 (family 500, earliest 2013-02-03, claims, listed expiry 2026-08-24)"
        + " and in 1 more family")
    #expect(findings[1].exact == nil && findings[1].status == .connectivity)
    #expect(
      findings[1].sentence
        == "not found in SMALL up to 2017-07-04 (4 compounds); the same connectivity (SCHEMBL3)"
        + " found in EP1111111 (family 500, earliest 2013-02-03, description)")
    #expect(findings[2].sentence == "not found in SMALL up to 2017-07-04 (4 compounds)")
  }

  @Test func `documents without dates and families stand for themselves`() throws {
    try corpus.build()
    let finding = try corpus.check().findings(
      for: ["CCCCCCCCCC(=O)N1CCN(C)CC1"], threshold: 0.9)[0]
    #expect(finding.sentence == "found in US8000000 (no family known, no date known, claims)")
  }

  @Test func `a structure that cannot be read has a reason, and shifts nothing`() throws {
    try corpus.build()
    let findings = try corpus.check().findings(
      for: ["C1CC", "OC(=O)c1ccccc1OC(C)=O", ""], threshold: 0.85)
    #expect(findings.map(\.status) == [.refused, .exact, .refused])
    #expect(findings[0].sentence.hasPrefix("not looked for: the structure cannot be read"))
  }

  @Test func `the bytes depend on the rows, not on their order, the threads or the buffers`() throws
  {
    let first = try corpus.build()
    let bytes = try Data(contentsOf: corpus.folder.appending(path: LinkFile.fileName))
    for (threads, sortBytes) in [(1, 1 << 20), (2, 400)] {
      let again = try corpus.build(threads: threads, sortBytes: sortBytes)
      #expect(again == first)
    }
    let turned = try corpus.build(Array(corpus.sources.reversed()))
    #expect(turned.links == first.links && turned.library == first.library)
    #expect(
      try Data(contentsOf: corpus.folder.appending(path: LinkFile.fileName)) == bytes)
  }

  @Test func `a build that is stopped leaves the old index, or nothing that opens`() throws {
    #expect(throws: (any Error).self) { try corpus.build(shouldStop: { true }) }
    #expect(throws: PatentError.self) { try corpus.check() }
    let whole = try corpus.build()
    #expect(throws: (any Error).self) { try corpus.build(shouldStop: { true }) }
    #expect(try corpus.check().manifest == whole)
    let left = try FileManager.default.contentsOfDirectory(atPath: corpus.scratch.url.path)
    #expect(!left.contains { $0.hasPrefix(".osong-partial") })
  }

  @Test func `a folder that is no index is left alone`() throws {
    try FileManager.default.createDirectory(
      at: corpus.folder, withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: corpus.folder.appending(path: "notes.txt"))
    #expect(throws: FileError.self) { try corpus.build() }
    #expect(
      try String(contentsOf: corpus.folder.appending(path: "notes.txt"), encoding: .utf8)
        == "mine")
  }

  @Test func `tables that need another one, and tables without links, are refused`() throws {
    #expect(throws: PatentError.missingTable(has: "patent_compound_map", needs: "patents")) {
      try corpus.build([corpus.sources[0], corpus.sources[2]])
    }
    #expect(throws: PatentError.noLinks) { try corpus.build([corpus.sources[4]]) }
  }
}
