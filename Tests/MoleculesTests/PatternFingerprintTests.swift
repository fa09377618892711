import Testing

@testable import Molecules

@Suite("Pattern fingerprint")
struct PatternFingerprintTests {
  /// Queries whose match RDKit's own fingerprint hides, or would if it took the parser's word:
  /// the element of a negated, listed or recursive atom, the type of a bond that may be several.
  static let delicate: [(smarts: String, smiles: String)] = [
    ("[$(CC)C]-O", "CCO"), ("[C,N]-O", "NO"), ("[!C]-O", "NO"), ("[*]-[#8]", "CO"),
    ("[A]=[A]", "C=O"), ("[a]:[a]", "c1ccncc1"), ("cc", "c1ccccc1-c1ccccc1"),
    ("c1ccccc1", "c1cc2cccc3c4cccc5cccc(c(c1)c23)c45"), ("[c,C]-,=[#6]", "C=C"),
    ("C-,=1-,=C-,=C-,=C1", "C1=CC=C1"), ("C~1~C~C~C1", "C1=CCC1"), ("C@C", "C1CC1"),
    ("C!@C", "CC"), ("[R]@[R]", "C1CC1"), ("c#c", "c1ccc#cc1"), ("[#6]#[#6]", "C1=CC#CC=C1"),
    ("[$([CX3](=O)[OH]),$(c1nnn[nH]1)]", "CC(=O)O"),
    ("[$([CX3](=O)[OH]),$(c1nnn[nH]1)]", "c1nnn[nH]1"),
    ("[!$(C=O)]N", "CN"), ("[$([NH2]),$([NH]);!$(N[#6]=O)]", "CN"), ("[#6;!$(C#N)]-[Cl,Br]", "CBr"),
    ("F/C=C/F", "F/C=C/F"), ("C/C=C\\\\C", "C/C=C\\\\C"), ("[2H]C", "[2H]C"), ("[H][H]", "[H][H]"),
    ("[C@H](F)(Cl)Br", "[C@@H](F)(Cl)Br"), ("[#0]C", "*C"), ("[*]C", "*C"), ("O.O", "OCCO"),
    ("[N+]->[B-]", "[NH3+]->[BH3-]"), ("[C;h3]", "CC"), ("[r5]", "C1CCCC1"), ("[x2]", "C1CC1"),
    ("[C&!$(C)]", "C"), ("[#6&+0,#7]", "C"), ("[!#6;!#7]", "O"), ("[C:1]-[O:2]", "CO"),
    ("[#6]:[#6]", "c1ccsc1"), ("[n;H1]1cccc1", "c1cc[nH]c1"), ("[$([$([$(C)])])]=O", "C=O"),
  ]

  @Test("a match is never hidden by a bit that it lacks", arguments: delicate)
  func hidesNothing(_ example: (smarts: String, smiles: String)) throws {
    let pattern = try SubstructurePattern(smarts: example.smarts)
    let structure = try Structure(parsing: example.smiles)
    let isMatch = try structure.matches(pattern)
    for bits in [64, 512, 2048] {
      let wanted = try pattern.patternFingerprintWords(bits: bits)
      let held = try structure.patternFingerprintWords(bits: bits)
      #expect(!isMatch || zip(wanted, held).allSatisfy { $0 & ~$1 == 0 }, "\(bits) bits")
    }
  }

  @Test func `what a query implies rules molecules out`() throws {
    for (smarts, smiles) in [
      ("C(=O)N", "CC(=O)O"), ("[C;H2]-[#7]", "CCO"), ("[$(C(=O)[OH])]", "CC(=O)N"),
      ("[$([C,N]=[#16]),$([#6]=[#16])]", "CC=O"), ("[CH2,CH3]F", "CCCl"), ("C-!@N", "C1CC1N=O"),
    ] {
      let wanted = try SubstructurePattern(smarts: smarts).patternFingerprintWords(bits: 2048)
      let held = try Structure(parsing: smiles).patternFingerprintWords(bits: 2048)
      let isRuledOut = zip(wanted, held).contains { $0 & ~$1 != 0 }
      #expect(isRuledOut == (smarts != "C-!@N"), "\(smarts) in \(smiles)")
    }
  }

  @Test func `a single atom of any kind asks only for an atom`() throws {
    let words = try SubstructurePattern(smarts: "*").patternFingerprintWords(bits: 2048)
    #expect(words.reduce(0) { $0 + $1.nonzeroBitCount } == 1)
  }

  @Test(.timeLimit(.minutes(1)))
  func `a hostile cage is marked as what may contain anything`() throws {
    let lattice = HostileInputTests.lattice(5)
    let structure = try Structure(parsing: lattice, limits: .init(rings: 400))
    let words = try structure.patternFingerprintWords(bits: 100)
    #expect(words == [.max, 1 << 36 - 1])
    let pattern = try SubstructurePattern(smarts: lattice)
    #expect(try pattern.patternFingerprintWords(bits: 2048).contains { $0 != 0 })
  }
}

/// The molecules of `references/chemistry` and the published collections of alerts.
@Suite("Pattern fingerprint of real molecules", .enabled(if: SharedData.isPresent))
struct RealPatternFingerprintTests {
  static func smiles() throws -> [String] {
    try ReferenceTable("references/chemistry/input.csv").column("smiles")
  }

  @Test("the bits are RDKit's", arguments: [512, 1000, 1024, 2048])
  func agreement(bits: Int) throws {
    var different: [String] = []
    var compared = 0
    for text in try Self.smiles() {
      guard let structure = try? Structure(parsing: text), structure.atomCount < 150 else {
        continue
      }
      let theirs = try structure.patternFingerprintWordsByToolkit(bits: bits)
      if try structure.patternFingerprintWords(bits: bits) != theirs { different.append(text) }
      compared += 1
    }
    #expect(different == [])
    #expect(compared > 500)
  }

  @Test func `the way from a SMILES gives the same bits and errors`() throws {
    let parser = FingerprintParser()
    for text in try Self.smiles() {
      do throws(MoleculeError) {
        let expected = try Structure(parsing: text).patternFingerprintWords(bits: 1024)
        #expect(try parser.patternWords(of: text, bits: 1024) == expected, "\(text)")
      } catch {
        #expect(throws: error) { try parser.patternWords(of: text, bits: 1024) }
      }
    }
  }

  @Test func `no match of a published pattern is hidden`() throws {
    let patterns = try SharedPatterns.all()
    #expect(patterns.count > 6_000)
    let screened = try patterns.map { ($0, try $0.patternFingerprintWords(bits: 512)) }
    let step = SharedData.isFull ? 1 : 60
    let all = try Self.smiles()
    var hits = 0
    var candidates = 0
    for text in stride(from: 0, to: all.count, by: step).map({ all[$0] }) {
      guard let structure = try? Structure(parsing: text), structure.atomCount < 150 else {
        continue
      }
      let held = try structure.patternFingerprintWords(bits: 512)
      for (pattern, wanted) in screened {
        let isCandidate = zip(wanted, held).allSatisfy { $0 & ~$1 == 0 }
        let outcome = try structure.outcome(of: pattern)
        if isCandidate { candidates += 1 }
        if outcome == .present {
          hits += 1
          #expect(isCandidate, "\(pattern) hides \(text)")
        }
        #expect(outcome != .undecided, "\(pattern) in \(text)")
      }
    }
    #expect(hits > 200 && candidates < 30 * hits, "\(hits) hits among \(candidates) candidates")
  }
}
