import Molecules
import Testing

@Suite("Molecular graphs")
struct MolecularGraphTests {
  private func graph(_ smiles: String) throws -> MolecularGraph {
    try Structure(parsing: smiles).graph
  }

  @Test func `atoms carry their element, neighbours, hydrogens, charge and mass`() throws {
    let atoms = try graph("C[N+](C)(C)C").atoms
    #expect(atoms.count == 5)
    #expect(atoms[1].element == 7)
    #expect(atoms[1].charge == 1)
    #expect(atoms[1].degree == 4)
    #expect(atoms[1].hydrogens == 0)
    #expect(atoms[0].hydrogens == 3)
    // Hydrogens that are no atoms of the graph count as neighbours.
    #expect(atoms[0].degree == 4)
    #expect(abs(atoms[0].mass - 12.011) < 1e-3)
    let heavy = try graph("[13CH4]").atoms[0]
    #expect(abs(heavy.mass - 13.00335) < 1e-4)
  }

  @Test func `bonds name their ends, kind, conjugation and ring`() throws {
    let graph = try graph("C=CC(=O)c1cc[nH]c1")
    #expect(graph.bonds.count == 9)
    let first = graph.bonds[0]
    #expect((first.begin, first.end) == (0, 1))
    #expect(first.kind == .double && first.isConjugated && !first.isInRing)
    let aromatic = graph.bonds.filter { $0.kind == .aromatic }
    #expect(aromatic.count == 5)
    #expect(aromatic.allSatisfy { $0.isInRing })
    #expect(graph.atoms.filter(\.isAromatic).count == 5)
  }

  @Test func `stereo marks are kept, and mirror images differ`() throws {
    let bonds = try ["F/C=C/F", "F/C=C\\F", "FC=CF"].map { try graph($0).bonds[1].stereo }
    #expect(bonds == [.e, .z, .none])
    let turns = try ["C[C@H](N)O", "C[C@@H](N)O", "CC(N)O"].map { try graph($0).atoms[1].chirality }
    #expect(Set(turns[..<2]) == [.clockwise, .counterclockwise])
    #expect(turns[2] == .none)
  }

  @Test func `rare atoms and bonds are told apart from the common ones`() throws {
    let (dummy, dative) = try (graph("*C"), graph("N->[Fe]"))
    #expect(dummy.atoms[0].element == 0)
    #expect(dative.bonds[0].kind == .other)
    let (crowded, linear) = try (graph("FS(F)(F)(F)(F)F"), graph("C#N"))
    #expect(crowded.atoms[1].hybridization == .sp3d2)
    #expect(linear.atoms.map(\.hybridization) == [.sp, .sp])
  }

  @Test func `an atom alone is a graph without bonds`() throws {
    let sodium = try graph("[Na+]")
    #expect(sodium.atoms.count == 1)
    #expect(sodium.bonds.isEmpty)
  }
}
