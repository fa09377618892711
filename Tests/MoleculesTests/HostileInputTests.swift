import Foundation
import Molecules
import Testing

/// Inputs made to crash or to hang; each must end, with a value or with an error.
@Suite("Hostile input", .timeLimit(.minutes(1)))
struct HostileInputTests {
  static let peptide = String(repeating: "N[C@@H](C)C(=O)", count: 200) + "O"

  @Test(
    "what cannot be read is an error",
    arguments: [
      "C(", "C1CC", "c1cccc1", "C(C)(C)(C)(C)C", "Xx", "C\0C", "[12345678901234C]", "C>>C", "é",
      "C |garbage", String(repeating: "(", count: 1_000), "[CH99999999999]",
    ])
  func unreadable(_ smiles: String) {
    #expect(throws: MoleculeError.self) { _ = try Structure(parsing: smiles) }
    #expect(throws: MoleculeError.self) { try FingerprintParser().words(of: smiles, .ecfp4) }
  }

  @Test("what holds no atom is empty", arguments: ["", " ", "|$$|"])
  func empty(_ smiles: String) {
    #expect(throws: MoleculeError.self) { _ = try Structure(parsing: smiles) }
  }

  @Test func `the empty SMILES has a reason of its own`() {
    #expect(throws: MoleculeError.empty) { _ = try Structure(parsing: "") }
  }

  @Test func `the valence error names the atom`() {
    #expect {
      _ = try Structure(parsing: "CO(C)C")
    } throws: {
      guard case .valence(atom: 1, _)? = $0 as? MoleculeError else { return false }
      return true
    }
  }

  @Test func `size is bounded before and after parsing`() {
    let chain = String(repeating: "C", count: 1_501)
    #expect(throws: MoleculeError.tooLarge(atoms: 1_501, limit: 1_500)) {
      _ = try Structure(parsing: chain)
    }
    let line = String(repeating: "C", count: 10_000_000)
    #expect(throws: MoleculeError.tooLong(bytes: 10_000_000, limit: 50_000)) {
      _ = try Structure(parsing: line)
    }
    let cage = Self.lattice(8)
    #expect(throws: MoleculeError.tooManyRings(833, limit: 200)) {
      _ = try Structure(parsing: cage)
    }
    let star = "*" + String(repeating: "(C)", count: 500)
    #expect(throws: MoleculeError.tooComplex("an atom has 500 neighbours")) {
      _ = try Structure(parsing: star)
    }
    let block = "\n\n\n999999  0  0  0  0  0  0  0  0  0999 V2000\n"
    #expect(throws: MoleculeError.self) { _ = try Structure(molBlock: block) }
  }

  @Test func `a peptide of a thousand atoms passes through everything`() throws {
    let structure = try Structure(parsing: Self.peptide)
    #expect(structure.heavyAtomCount == 1_001)
    #expect(try !structure.canonicalSMILES.isEmpty)
    #expect(try structure.scaffoldSMILES() == "")
    #expect(try structure.inchiKey().count == 27)
    #expect(try structure.descriptors().stereocentres == 200)
    #expect(try (0...1).contains(structure.qed()))
    #expect(try structure.alerts(in: .brenk) == [])
    #expect(try structure.standardized(by: .default).heavyAtomCount == 1_001)
    for algorithm: FingerprintAlgorithm in [
      .ecfp4, .featureMorgan(radius: 2, bits: 2_048), .maccs, .rdkitPath(bits: 2_048),
      .topologicalTorsion(bits: 2_048), .atomPair(bits: 2_048),
    ] {
      #expect(try structure.fingerprintWords(algorithm).contains { $0 != 0 })
    }
    #expect(throws: MoleculeError.self) { try structure.drawing(width: 100, height: 100) }
  }

  @Test func `a lattice that would have millions of paths is refused, not walked`() throws {
    let structure = try Structure(parsing: Self.lattice(4))
    #expect(throws: MoleculeError.tooComplex("too many paths of seven bonds")) {
      try structure.fingerprintWords(.rdkitPath(bits: 2_048))
    }
    #expect(try structure.fingerprintWords(.ecfp4).contains { $0 != 0 })
  }

  @Test func `tautomers end at their time limit`() throws {
    let hard = try Structure(
      parsing: "Oc1cc(O)c2c(c1)oc(-c1ccc(O)c(O)c1)c(O)c2=O.Oc1nc(O)c2nc(O)[nH]c2n1")
    let impatient = Standardizer(
      keepsLargestFragment: false, tautomers: .init(seconds: 0))
    #expect(throws: MoleculeError.timedOut(seconds: 0)) {
      _ = try hard.standardized(by: impatient)
    }
  }

  /// A cubic lattice of n³ dummy atoms, each bonded to up to six neighbours.
  static func lattice(_ n: Int) -> String {
    func number(_ x: Int, _ y: Int, _ z: Int) -> Int { (z * n + y) * n + x }
    var closures = [String](repeating: "", count: n * n * n)
    var next = 0
    for z in 0..<n {
      for y in 0..<n {
        for x in 0..<n {
          for (dx, dy, dz) in [(1, 0, 0), (0, 1, 0), (0, 0, 1)] {
            guard x + dx < n, y + dy < n, z + dz < n else { continue }
            next += 1
            closures[number(x, y, z)] += "%(\(next))"
            closures[number(x + dx, y + dy, z + dz)] += "%(\(next))"
          }
        }
      }
    }
    return closures.map { "*\($0)" }.joined(separator: ".")
  }
}

/// RDKit's own difficult files.
@Suite("Hostile files", .enabled(if: SharedData.isPresent), .timeLimit(.minutes(1)))
struct HostileFileTests {
  @Test func `every difficult mol file gives a structure or an error`() throws {
    let folder = SharedData.folder.appendingPathComponent("datasets/nasty_inputs/rdkit")
    let files = try #require(
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    var read = 0
    var refused = 0
    for case let file as URL in files where ["mol", "sdf"].contains(file.pathExtension) {
      let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      for record in text.components(separatedBy: "$$$$\n").prefix(20) {
        do throws(MoleculeError) {
          let structure = try Structure(molBlock: record)
          _ = try? structure.canonicalSMILES
          _ = try? structure.fingerprintWords(.ecfp4)
          _ = try? structure.descriptors()
          _ = try? structure.inchiKey()
          _ = try? structure.standardized(by: .default).canonicalSMILES
          read += 1
        } catch {
          #expect(!error.description.isEmpty)
          refused += 1
        }
      }
    }
    #expect(read > 200 && refused > 20, "\(read) read, \(refused) refused")
  }
}
