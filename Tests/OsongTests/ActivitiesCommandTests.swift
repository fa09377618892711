import Foundation
import TestSupport
import Testing

/// From a table of measurements to a model, by the commands a user gives.
@Suite struct ActivitiesCommandTests {
  private let scratch: ScratchFolder
  init() throws { scratch = try ScratchFolder() }

  private func store() throws -> String {
    let rows = (0..<60).map { row -> String in
      let smiles = MadeUpCompounds.smiles(row * 13 % MadeUpCompounds.count)
      return "\(smiles),\(row % 9 == 0 ? ">" : "")\(1 + row * row % 97),nM,IC50,Q8NBP7,US\(row)\n"
    }
    let table = try scratch.write(
      "smiles,y,unit,type,target,paper\n" + rows.joined() + "nonsense(,5,nM,IC50,Q8NBP7,\n",
      to: "mine.csv")
    let genes = try scratch.write(
      "symbol,hgnc_id,name,uniprot,ensembl,previous,alias\n"
        + "PCSK9,HGNC:20001,a convertase,Q8NBP7,ENSG1,HCHOLA3,NARC-1\n", to: "hgnc.csv")
    let path = scratch.path("a.store")
    let ending = try Program.run([
      "activities", "import", path, table, "--format", "table", "--value-column", "y",
      "--unit-column", "unit", "--type-column", "type", "--target-column", "target",
      "--reference-column", "paper", "--genes", genes,
    ])
    #expect(ending.code == 0, "\(ending.story)")
    #expect(ending.output.contains("60 measurements from 60 of 61 rows"))
    #expect(ending.output.contains("1 unreadable-structure"))
    return path
  }

  @Test func `measurements go in, a table comes out, and a model is trained from it`() throws {
    let store = try store()
    let targets = try Program.run(["activities", "targets", store, "--gene", "narc-1"])
    #expect(targets.output.contains("Q8NBP7\tPCSK9\t"), "\(targets.story)")
    let table = scratch.path("pcsk9.csv")
    let exported = try Program.run([
      "activities", "export", store, "--target", "PCSK9", "--endpoint", "ic50", "-o", table,
    ])
    #expect(exported.code == 0, "\(exported.story)")
    let text = try String(contentsOfFile: table, encoding: .utf8)
    #expect(text.hasPrefix("id,smiles,pIC50,n,spread,sources\n"))
    #expect(text.contains(",<"))
    let record = try String(contentsOfFile: table + ".run.json", encoding: .utf8)
    #expect(record.contains("\"target\" : \"Q8NBP7\""))
    let trained = try Program.run(
      ["train", table, "-o", scratch.path("m.model"), "--model", "knn"])
    #expect(trained.code == 0, "\(trained.story)")
  }

  @Test func `the same export has the same bytes`() throws {
    let store = try store()
    var bytes: [Data] = []
    for name in ["one", "two"] {
      let folder = scratch.url.appending(path: name)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let table = folder.appending(path: "t.csv").path
      _ = try Program.run(["activities", "export", store, "--target", "Q8NBP7", "-o", table])
      for ending in ["", ".refused.csv", ".run.json"] {
        bytes.append(try Data(contentsOf: URL(filePath: table + ending)))
      }
    }
    #expect(Array(bytes.prefix(3)) == Array(bytes.suffix(3)))
  }

  @Test(arguments: [
    (["export", "none.store", "--target", "X", "-o", "x.csv"], Int32(3), "no such store"),
    (["import", "a.store", "x.csv", "--format", "table"], 2, "--value-column"),
    (["import", "a.store", "--format", "bindingdb"], 2, "name a table"),
    (["import", "a.store", "none.csv", "--format", "bindingdb"], 3, "none.csv"),
  ])
  func `what cannot be done is one sentence`(
    arguments: [String], code: Int32, message: String
  ) throws {
    let ending = try Program.run(["activities"] + arguments, in: scratch.url)
    #expect(ending.code == code, "\(ending.story)")
    #expect(ending.errors.contains(message), "\(ending.story)")
  }
}
