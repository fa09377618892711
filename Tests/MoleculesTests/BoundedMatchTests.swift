import Molecules
import Parallelism
import Testing

/// Patterns made to hang a search or its parser.
@Suite("Bounded matching", .timeLimit(.minutes(1)))
struct BoundedMatchTests {
  static let fullerene =
    "c12c3c4c5c1c1c6c7c2c2c8c3c3c9c4c4c%10c5c5c1c1c6c6c%11c7c2c2c7c8c3c3c8c9c4c4c9c%10c5c5c1c1c6c6"
    + "c%11c2c2c7c3c3c8c4c4c9c5c1c1c6c2c3c41"

  static func chain(_ count: Int, _ end: String) -> String {
    [String](repeating: "*", count: count - 1).joined(separator: "~") + "~" + end
  }

  static let exponential = [
    chain(30, "[U]"), chain(60, "[U]"), "[$(\(chain(30, "[U]")))]", "[!$(\(chain(30, "[U]")))]~[U]",
    [String](repeating: "*", count: 10).joined(separator: ".") + ".[U]",
    [String](repeating: "*", count: 20).joined(separator: String(repeating: "-,", count: 200) + "=")
      + "~[U]",
    "[" + [String](repeating: "!U", count: 3_000).joined(separator: ";") + "]~" + chain(30, "[U]"),
  ]

  @Test("a search that would take for ever is given up", arguments: exponential)
  func givesUp(_ smarts: String) throws {
    let pattern = try SubstructurePattern(smarts: smarts)
    let lattice = try Structure(parsing: HostileInputTests.lattice(4))
    #expect(try lattice.outcome(of: pattern) == .undecided)
    #expect(throws: MoleculeError.self) { try lattice.matches(pattern) }
    #expect(throws: MoleculeError.self) { try lattice.atoms(matching: pattern) }
  }

  @Test func `the same search is given up at the same step on any number of threads`() throws {
    // What fits into the budget by one step does so every time.
    let structure = try Structure(parsing: "CCOC(=O)c1ccccc1N")
    let pattern = try SubstructurePattern(smarts: "[#6]~[#6]~[#6]~[$(C(=O)[OH])]")
    let steps = (1...10_000).first {
      (try? structure.outcome(of: pattern, budget: MatchBudget(steps: $0))) != .undecided
    }
    let least = try #require(steps)
    #expect(least > 20)
    let outcomes = WorkerPool(threads: 8).map(400) { index -> MatchOutcome? in
      guard let copy = try? Structure(parsing: "CCOC(=O)c1ccccc1N") else { return nil }
      return try? copy.outcome(of: pattern, budget: MatchBudget(steps: least - index % 2))
    }
    #expect(outcomes == (0..<400).map { $0 % 2 == 0 ? .absent : .undecided })
  }

  @Test func `a match that was found before the budget ended counts`() throws {
    let pattern = try SubstructurePattern(smarts: Self.chain(30, "*"))
    let cage = try Structure(parsing: Self.fullerene)
    #expect(try cage.outcome(of: pattern, budget: MatchBudget(steps: 500)) == .present)
    // All of its matches are too many.
    #expect(throws: MoleculeError.self) { try cage.atoms(matching: pattern, limit: .max) }
    #expect(try !cage.atoms(matching: pattern, limit: 10).isEmpty)
  }

  @Test func `one pattern with recursive parts serves many threads at once`() throws {
    let pattern = try SubstructurePattern(smarts: "[$([#6]=O);!$(C(=O)N)]")
    let smiles = ["CC(=O)N", "CC(=O)O", "CCO", "O=C1CCCN1", "O=CC"]
    let found = WorkerPool(threads: 8).map(500) { index -> Bool? in
      guard let structure = try? Structure(parsing: smiles[index % 5]) else { return nil }
      return try? structure.matches(pattern)
    }
    #expect(found == (0..<500).map { [false, true, false, false, true][$0 % 5] })
  }

  @Test(
    "a pattern beyond the limits is refused",
    arguments: [
      String(repeating: "C", count: 5_001), "[$(" + String(repeating: "C", count: 5_000) + ")]",
      String(repeating: "C", count: 20_001), String(repeating: "[$(", count: 3_000),
      String(repeating: "[$(C", count: 11) + String(repeating: ")]", count: 11),
      String(repeating: "C(", count: 101) + "C" + String(repeating: ")", count: 101),
      String(repeating: "[", count: 9_000), "[C;h99999999999999999999]",
    ])
  func refused(_ smarts: String) {
    #expect(throws: MoleculeError.self) { try SubstructurePattern(smarts: smarts) }
  }

  @Test(
    "a pattern within the limits is read and searched, however odd",
    arguments: [
      String(repeating: "C", count: 5_000),
      "[" + [String](repeating: "C", count: 9_900).joined(separator: ",") + "]",
      "[" + String(repeating: "C;", count: 9_900) + "C]",
      "[" + String(repeating: "!", count: 9_000) + "C]",
      "C" + String(repeating: "-&", count: 4_000) + "-C",
      String(repeating: "[$(*~*~*~", count: 9) + "*" + String(repeating: ")]", count: 9),
    ])
  func odd(_ smarts: String) throws {
    let pattern = try SubstructurePattern(smarts: smarts)
    _ = try pattern.patternFingerprintWords(bits: 512)
    for smiles in ["CCCC", HostileInputTests.peptide, HostileInputTests.lattice(4)] {
      _ = try Structure(parsing: smiles).outcome(of: pattern)
    }
  }
}
