import Molecules
import Parallelism
import Testing

/// Everything may be called from several threads, on the same values, with the same results.
@Suite("Concurrency", .enabled(if: SharedData.isPresent))
struct ConcurrencyTests {
  /// Many results of one molecule, as text.
  static func summary(_ structure: borrowing Structure, _ pattern: SubstructurePattern) -> String {
    let pains = (try? structure.alerts(in: .pains)) ?? ["failed"]
    let brenk = (try? structure.alerts(in: .brenk)) ?? ["failed"]
    let descriptors = try? structure.descriptors()
    let words = [FingerprintAlgorithm.ecfp4, .maccs, .featureMorgan(radius: 2, bits: 512)].map {
      (try? structure.fingerprintWords($0)) ?? []
    }
    return """
      \((try? structure.canonicalSMILES) ?? "") \((try? structure.inchiKey()) ?? "")
      \((try? structure.scaffoldSMILES()) ?? "") \(pains) \(brenk) \(words)
      \(String(describing: descriptors)) \((try? structure.qed()) ?? -1)
      \((try? structure.standardized(by: .default).canonicalSMILES) ?? "")
      \((try? structure.matches(pattern)) ?? false) \((try? structure.erg()) ?? [])
      """
  }

  @Test func `four threads give what one gives`() throws {
    let smiles = try ReferenceTable("references/chemistry/input.csv").column("smiles").suffix(260)
    let texts = Array(smiles)
    let pattern = try SubstructurePattern(smarts: "[$(C(=O)[O,N])]")
    func all(threads: Int) -> [String] {
      WorkerPool(threads: threads).map(texts.count) { index -> String in
        do throws(MoleculeError) {
          return Self.summary(try Structure(parsing: texts[index]), pattern)
        } catch {
          return error.description
        }
      }
    }
    let alone = all(threads: 1)
    for _ in 0..<2 { #expect(all(threads: 4) == alone) }
  }

  @Test func `one structure may be shared by threads`() throws {
    let shared = try Structure(parsing: "CC(=O)Oc1ccccc1C(=O)O")
    let pattern = try SubstructurePattern(smarts: "[$(C(=O)[O,N])]")
    let expected = Self.summary(try Structure(parsing: "CC(=O)Oc1ccccc1C(=O)O"), pattern)
    let box = Shared(structure: shared)
    let found = WorkerPool(threads: 4).map(64) { _ in Self.summary(box.structure, pattern) }
    #expect(found.allSatisfy { $0 == expected })
  }

  /// A structure cannot be captured by an escaping closure; a class may hold it.
  private final class Shared: Sendable {
    let structure: Structure
    init(structure: consuming Structure) { self.structure = structure }
  }
}
