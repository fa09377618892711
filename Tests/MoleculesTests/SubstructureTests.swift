import Foundation
import Molecules
import Testing

@Suite("Substructure")
struct SubstructureTests {
  @Test func `a pattern is found where it occurs and not elsewhere`() throws {
    let acid = try SubstructurePattern(smarts: "C(=O)[OH]")
    #expect(try Structure(parsing: "CC(=O)O").matches(acid))
    #expect(try !Structure(parsing: "CC(=O)OC").matches(acid))
  }

  @Test func `matches name the atoms in the order of the pattern`() throws {
    let carbonyl = try SubstructurePattern(smarts: "O=C")
    #expect(try Structure(parsing: "CC(=O)NC=O").atoms(matching: carbonyl) == [[2, 1], [5, 4]])
  }

  @Test func `matches on the same atoms count once and the limit holds`() throws {
    let ring = try SubstructurePattern(smarts: "c1ccccc1")
    #expect(try Structure(parsing: "c1ccccc1").atoms(matching: ring).count == 1)
    let carbon = try SubstructurePattern(smarts: "C")
    #expect(try Structure(parsing: "CCCCCCCC").atoms(matching: carbon, limit: 3).count == 3)
  }

  @Test("a broken pattern is an error", arguments: ["", "C(", "[#", "c1ccc", "\0"])
  func broken(_ smarts: String) {
    #expect(throws: MoleculeError.self) { try SubstructurePattern(smarts: smarts) }
  }

  @Test func `a pattern survives being written and read`() throws {
    let pattern = try SubstructurePattern(smarts: "[#6]-[Cl,Br]")
    let data = try JSONEncoder().encode([pattern])
    #expect(try JSONDecoder().decode([SubstructurePattern].self, from: data) == [pattern])
  }
}
