import Molecules
import Parallelism
import Testing

@Suite("Substructure search")
struct SubstructureSearchTests {
  static let rows = [
    "CC(=O)O", "CCO", "C(", "OC(=O)c1ccccc1", HostileInputTests.lattice(4), "", "O",
  ]

  static func search(_ smarts: String) throws -> SubstructureSearch {
    SubstructureSearch(for: try SubstructurePattern(smarts: smarts))
  }

  @Test func `hits come in the order of the rows, and what cannot be decided is told`() throws {
    let candidates = Self.rows.enumerated().map {
      SubstructureCandidate(row: 10 * $0.offset, smiles: $0.element)
    }
    let acid = try Self.search("[$(C(=O)[OH]),$(\(BoundedMatchTests.chain(30, "[U]")))]")
    let findings = acid.findings(in: candidates)
    #expect(findings.map(\.row) == [0, 20, 30, 40, 50])
    #expect(findings[0].verdict == .present && findings[2].verdict == .present)
    #expect(findings[3].verdict == .undecided)
    #expect(findings[4].verdict == .unreadable(.empty))
    guard case .unreadable(.unreadable) = findings[1].verdict else {
      Issue.record("\(findings[1])")
      return
    }
  }

  @Test("a stream of pieces gives the same findings on any threads", arguments: [1, 2, 7])
  func stream(threads: Int) throws {
    let search = try Self.search("[$([#6]=O);!$(C(=O)N)]")
    let candidates = (0..<2_000).map {
      SubstructureCandidate(row: $0, smiles: Self.rows[$0 % 4])
    }
    var rest = candidates[...]
    var found: [SubstructureFinding] = []
    try WorkerPool(threads: threads).stream(
      next: { () -> [SubstructureCandidate]? in
        if rest.isEmpty { return nil }
        defer { rest = rest.dropFirst(100) }
        return Array(rest.prefix(100))
      },
      transform: { search.findings(in: $0) },
      consume: { found += $0 })
    #expect(found == search.findings(in: candidates))
    #expect(found.count == 1_500)
  }

  @Test("the shorter parse decides as the full one does", .enabled(if: SharedData.isPresent))
  func shorterParse() throws {
    let all = try SharedPatterns.all()
    let step = SharedData.isFull ? 1 : 40
    var searches = stride(from: 0, to: all.count, by: step).map { SubstructureSearch(for: all[$0]) }
    // What depends on hybridization, hydrogens, charges, isotopes, valence and rings.
    searches += try [
      "[^2]-[^3]", "[#6^1]", "[N^2]", "[OH]", "[nH]", "[2H]", "[+]", "[-]", "[v5]", "[r7]", "[R2]",
      "[x3]", "[X4]", "[D1]", "F/C=C/F", "[C@H]", "[#1]", "[z2]", "[C;!R]=O",
    ].map(Self.search)
    for text in try RealPatternFingerprintTests.smiles().enumerated().filter({ $0.offset % 8 == 0 })
    {
      guard let structure = try? Structure(parsing: text.element) else { continue }
      for search in searches {
        let full = try structure.outcome(of: search.pattern)
        #expect(try search.outcome(in: text.element) == full, "\(search.pattern) \(text.element)")
      }
    }
  }
}
