import Featurization
import Foundation
import Molecules
import Tensors
import Testing

/// One molecule's features as `Benchmarks/peers/chemprop_features.py` writes them.
private struct PeerFeatures: Decodable {
  let smiles: String
  let atoms: [[Int32]]
  let masses: [Float]
  let bonds: [[Int32]]

  static func all(_ text: String) throws -> [PeerFeatures] {
    try text.split(separator: "\n").map {
      try JSONDecoder().decode(PeerFeatures.self, from: Data($0.utf8))
    }
  }

  /// What differs from ours, for a person; nil where nothing does.
  func difference() throws -> String? {
    let graph = try Structure(parsing: smiles).graph
    let mass = Int32(AtomColumns.count - 1)
    for (place, (atom, columns)) in zip(graph.atoms, atoms).enumerated() {
      let own = AtomColumns.features(of: atom)
      let ownColumns = own.columns.filter { $0 != mass }
      let ownMass = own.columns.last == mass ? own.values.last ?? 0 : 0
      if ownColumns != columns { return "\(smiles) atom \(place): \(ownColumns), not \(columns)" }
      // RDKit's tables of masses differ in their last digits between versions.
      if abs(ownMass - masses[place]) > 1e-4 {
        return "\(smiles) atom \(place): mass \(ownMass), not \(masses[place])"
      }
    }
    let ownBonds = graph.bonds.map { bond in
      [Int32(bond.begin), Int32(bond.end)] + BondColumns.features(of: bond).columns
    }
    if ownBonds != bonds { return "\(smiles): bonds \(ownBonds), not \(bonds)" }
    return graph.atoms.count == atoms.count ? nil : "\(smiles): \(graph.atoms.count) atoms"
  }
}

@Suite("Graph features")
struct GraphFeatureTests {
  @Test func `there are chemprop's 72 columns of atoms and 14 of bonds, each with a name`() {
    #expect(AtomColumns.count == 72)
    #expect(BondColumns.count == 14)
    #expect(Set(AtomColumns.names).count == 72)
    #expect(Set(BondColumns.names).count == 14)
    #expect(AtomColumns.names[5] == "atomic number 6")
    #expect(AtomColumns.names[70...] == ["aromatic", "mass in 100 Da"])
  }

  @Test func `odd molecules get the features chemprop gives them`() throws {
    let peers = try PeerFeatures.all(oddMoleculesByChemprop)
    #expect(peers.count == 20)
    let differences = try peers.compactMap { try $0.difference() }
    #expect(differences == [])
  }

  static let peerFile = ProcessInfo.processInfo.environment["OSONG_CHEMPROP_FEATURES"]

  @Test(
    "a whole data set gets the features chemprop gives it",
    .enabled(if: peerFile != nil, "needs OSONG_CHEMPROP_FEATURES, see chemprop_features.py"))
  func wholeDataSet() throws {
    let path = try #require(Self.peerFile)
    var (count, differences) = (0, [String]())
    for peer in try PeerFeatures.all(String(contentsOfFile: path, encoding: .utf8)) {
      count += 1
      if let difference = try peer.difference() { differences.append(difference) }
    }
    #expect(count > 0)
    #expect(
      differences.isEmpty, "\(differences.count) of \(count), such as \(differences.prefix(9))")
  }

  @Test func `a batch puts graphs one after another and describes each kind once`() throws {
    let graphs = try ["CCO", "[Na+]", "CCCC"].map { try Structure(parsing: $0).graph }
    let batch = GraphBatch(graphs)
    #expect(batch.nodeOffsets == [0, 3, 4, 8])
    #expect(batch.edgeOffsets == [0, 2, 2, 5])
    #expect(batch.ends == [0, 1, 1, 2, 0, 1, 1, 2, 2, 3])
    // CH3, CH2, OH and sodium; every bond is single.
    #expect(batch.nodeKinds.count == 4)
    #expect(batch.edgeKinds.count == 1)
    #expect(batch.kindOfNode == [0, 1, 2, 3, 0, 1, 1, 0])
    let picked = batch.selecting([2, 0, 2])
    #expect(picked.nodeOffsets == [0, 4, 7, 11])
    #expect(picked.kindOfNode == [0, 1, 1, 0, 0, 1, 2, 0, 1, 1, 0])
    #expect(picked.ends.count == picked.arcs && picked.arcs == 16)
  }

  @Test func `a kind's mark is the same in every table`() throws {
    let ethanol = GraphBatch([try Structure(parsing: "OCC").graph])
    let mixture = GraphBatch(try ["[Na+]", "CCO"].map { try Structure(parsing: $0).graph })
    #expect(Set(ethanol.nodeKinds.marks).isSubset(of: mixture.nodeKinds.marks))
    #expect(Set(mixture.nodeKinds.marks).count == 4)
  }
}
