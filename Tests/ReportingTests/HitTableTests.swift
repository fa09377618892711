import Entities
import Foundation
import Molecules
import Records
import Screening
import Testing

@testable import Reporting

struct HitTableTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "osong-\(UUID().uuidString)")

  private func written(_ name: String, _ write: (OutputDestination) throws -> Void) throws -> String
  {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: name).path
    try write(.file(path))
    return try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test func `a hit is written with every column`() throws {
    let hit = Samples.hit(alerts: ["PAINS: a|b", "BRENK: c, d"], scaffold: "c1ccccc1")
    let text = try written("hits.csv") { try HitTable.write([hit], endpoint: "pKi", to: $0) }
    #expect(
      text == """
        rank,id,smiles,pKi,pKi_unc,pKi_lo,pKi_hi,nn_id,nn_smiles,nn_sim,nn_value,in_domain,\
        MW,logP,TPSA,HBD,HBA,RotB,QED,alerts,scaffold,reason
        1,C1,CCO,7.5000,0.5000,6.5000,8.5000,N1,CCN,0.6000,6.2500,true,\
        46.069,-0.001,20.230,1,1,0,0.407,"PAINS: a/b|BRENK: c, d",c1ccccc1,High prediction.

        """)
  }

  @Test func `a value that does not exist is an empty field and shifts nothing`() {
    let row = HitTable.row(Samples.hit(value: .nan))
    #expect(row.count == HitTable.header(endpoint: "pKi").count)
    #expect(row[3] == "" && row[5] == "" && row[4] == "0.5000")
  }

  @Test(arguments: Samples.hostile)
  func `a stranger's text stays one field of one row`(_ text: String) throws {
    let hit = Samples.hit(id: text, reason: "\(text)\n\"\(text)")
    let csv = try written("hits.csv") { try HitTable.write([hit, hit], endpoint: "p", to: $0) }
    #expect(csv.components(of: ",High") == 0)
    #expect(csv.components(of: ",true,") == 2)
  }

  @Test func `refused records keep line, code and reason`() throws {
    let records = [
      RefusedRecord(line: 7, id: "x", reason: .tooLarge(atoms: 999, limit: 200)),
      RefusedRecord(line: 0, id: "a,b", reason: .filtered("logP above 5")),
    ]
    let text = try written("refused.csv") { try RefusedTable.write(records, to: $0) }
    #expect(
      text == """
        line,id,reason,detail
        7,x,too-large,"has 999 atoms, the limit is 200"
        ,"a,b",filtered,logP above 5

        """)
  }

  @Test func `structures carry the same data as the table`() throws {
    let block = "old\n  made up\n\n  0  0  0  0  0  0  0  0  0  0999 V2000\nM  END\n"
    let hits = [Samples.hit(), Samples.hit(rank: 2, id: "C2")]
    let text = try written("hits.sdf") {
      try HitStructures.write(hits, endpoint: "pKi", to: $0) { _ in block }
    }
    #expect(text.components(of: "$$$$\n") == 2)
    #expect(text.hasPrefix("C1\n"))
    for (name, value) in zip(HitTable.header(endpoint: "pKi"), HitTable.row(hits[1])) {
      #expect(text.contains(">  <\(name)>\n\(value)\n"))
    }
  }

  @Test func `structures are not published when one cannot be made`() throws {
    struct Failed: Error {}
    #expect(throws: Failed.self) {
      _ = try written("hits.sdf") {
        try HitStructures.write([Samples.hit()], endpoint: "pKi", to: $0) { _ in throw Failed() }
      }
    }
  }
}
