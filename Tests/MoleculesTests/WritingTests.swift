import Molecules
import Testing

@Suite("Writing")
struct WritingTests {
  let aspirin = "CC(=O)Oc1ccccc1C(=O)O"

  @Test func `a drawing is one svg element of the asked size, the same each time`() throws {
    let structure = try Structure(parsing: aspirin)
    let svg = try structure.drawing(width: 240, height: 160)
    #expect(svg.hasPrefix("<svg") && svg.hasSuffix("</svg>\n"))
    #expect(svg.contains("width='240px' height='160px'"))
    #expect(try structure.drawing(width: 240, height: 160) == svg)
  }

  @Test func `highlighted atoms change the drawing`() throws {
    let structure = try Structure(parsing: aspirin)
    let plain = try structure.drawing(width: 240, height: 160)
    let marked = try structure.drawing(width: 240, height: 160, highlighting: [0, 1, 2])
    #expect(marked.count > plain.count)
  }

  @Test("an atom outside the molecule is refused", arguments: [-1, 13])
  func outside(_ atom: Int) throws {
    let structure = try Structure(parsing: aspirin)
    #expect(throws: MoleculeError.self) {
      try structure.drawing(width: 100, height: 100, highlighting: [atom])
    }
  }

  @Test func `a written record reads back as the same molecule`() throws {
    let smiles = "C[C@H](N)C(=O)O/N=C/c1ccccc1"
    let structure = try Structure(parsing: smiles)
    let record = try structure.molBlock(
      named: "one\ntwo", properties: [("pKi\n$$$$", "7.1\n$$$$"), ("id", "x")])
    #expect(record.hasPrefix("one two\n"))
    #expect(record.hasSuffix(">  <pKi $$$$>\n7.1 $$$$\n\n>  <id>\nx\n\n$$$$\n"))
    let block = try #require(record.split(separator: "M  END").first) + "M  END\n"
    #expect(try Structure(molBlock: String(block)).canonicalSMILES == structure.canonicalSMILES)
  }
}
