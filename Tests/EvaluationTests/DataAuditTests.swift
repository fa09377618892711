import Evaluation
import Fingerprints
import Molecules
import Statistics
import Testing

@Suite("Data audit") struct DataAuditTests {
  /// A thousand molecules put together from parts; the label follows the parts, with noise.
  static let rows: [(smiles: String, value: Double)] = {
    let heads = ["F", "Cl", "Br", "N#C", "CS", "CC(C)", "CCOC(=O)", "CC#C", "CCO", "CNC(=O)"]
    let middles = ["c1ccc(cc1)", "c1cccc(c1)", "C1CCN(CC1)", "c1ncc(cn1)", "C1CCC(CC1)"]
    let tails = [
      "C", "CC", "OC", "CO", "C(=O)N", "CN", "CCN", "S(=O)(=O)N", "CC(=O)O", "C(F)(F)F",
      "CN1CCOCC1", "CCC#N", "C(C)(C)O", "C(=O)c1ccccc1", "OCC", "CCCC", "CC=C", "CSC", "COC", "CI",
    ]
    var draws = Xoshiro256(seed: 8)
    return (0..<1000).map { number in
      let (h, m, t) = (number % 10, number / 10 % 5, number / 50)
      let value = Double(h % 4) + Double(m) + Double(t % 5) + 1.5 * draws.drawUnit()
      return (heads[h] + middles[m] + tails[t], value)
    }
  }()

  struct Made {
    var rows: [(id: String, smiles: String, value: Double, isTest: Bool)] = []

    /// A clean random split: identifiers and order have nothing to do with anything.
    init(seed: UInt64, classes: Bool = false) {
      var draws = Xoshiro256(seed: seed)
      let names = draws.drawOrder(of: 1000)
      rows = draws.drawOrder(of: 1000).enumerated().map { place, number in
        let row = DataAuditTests.rows[number]
        return (
          "M\(names[place])", row.smiles, classes ? (row.value > 6 ? 1 : 0) : row.value,
          draws.draw(below: 5) == 0
        )
      }
    }

    func audit() throws -> DataAudit {
      let structures = try rows.map { try Structure(parsing: $0.smiles).canonicalSMILES }
      let prints = try structures.map {
        Fingerprint(bitCount: 2048, words: try Structure(parsing: $0).fingerprintWords(.ecfp4))
      }
      let audited = try zip(rows, structures).enumerated().map { place, pair in
        let (row, smiles) = pair
        return AuditedRow(
          id: row.id, identity: smiles, skeleton: String(smiles.filter { $0 != "@" }),
          scaffold: try Structure(parsing: smiles).scaffoldSMILES(), value: row.value,
          isTest: row.isTest, place: place)
      }
      return DataAudit(audited, fingerprints: prints)
    }
  }

  @Test(arguments: 0..<20)
  func `a clean random split raises no alarm`(seed: Int) throws {
    let audit = try Made(seed: UInt64(seed), classes: seed % 2 == 1).audit()
    #expect((audit.worst ?? .note) == .note, "\(audit.findings.map(\.sentence))")
  }

  @Test func `a hundred planted duplicates are all found`() throws {
    var made = Made(seed: 100)
    let train = made.rows.filter { !$0.isTest }.prefix(100)
    for (number, row) in train.enumerated() {
      made.rows.append(("planted-\(number)", row.smiles, row.value, true))
    }
    let audit = try made.audit()
    let found = audit.pairs.filter { $0.kind == .duplicate }
    #expect(Set(found.map(\.id)) == Set((0..<100).map { "planted-\($0)" }))
    #expect(audit.worst == .fault)
  }

  @Test func `a hundred planted twins but for stereochemistry are all found`() throws {
    var made = Made(seed: 101)
    for number in 0..<100 {
      let tail = String(repeating: "C", count: number % 10 + 1) + (number < 50 ? "O" : "N")
      let chain = String(repeating: "C", count: number / 10 % 5 + 1)
      made.rows.append(("left-\(number)", "Cl[C@H](F)\(chain)S\(tail)", 5, false))
      made.rows.append(("right-\(number)", "Cl[C@@H](F)\(chain)S\(tail)", 5, true))
    }
    let audit = try made.audit()
    let found = Set(audit.pairs.filter { $0.kind == .nearDuplicate }.map(\.id))
    #expect(found.isSuperset(of: (0..<100).map { "right-\($0)" }))
    #expect(audit.findings.contains { $0.kind == .nearDuplicate && $0.severity == .fault })
  }

  @Test func `contradicting labels are all found`() throws {
    var made = Made(seed: 102, classes: true)
    for number in 0..<100 {
      let row = made.rows[number]
      made.rows.append(("other-\(number)", row.smiles, 1 - row.value, row.isTest))
    }
    let audit = try made.audit()
    #expect(audit.pairs.count { $0.kind == .contradiction } == 100)
    #expect(audit.findings.contains { $0.kind == .contradiction && $0.severity == .fault })
  }

  @Test(arguments: [true, false])
  func `shuffled labels are found, of all rows and of the test alone`(all: Bool) throws {
    var made = Made(seed: 103)
    let places = made.rows.indices.filter { all || made.rows[$0].isTest }
    var draws = Xoshiro256(seed: 1)
    let values = draws.drawOrder(of: places.count).map { made.rows[places[$0]].value }
    for (place, value) in zip(places, values) { made.rows[place].value = value }
    let audit = try made.audit()
    #expect(audit.findings.contains { $0.kind == .randomLabels && $0.severity == .fault })
  }

  @Test(arguments: ["number", "text", "length", "order"])
  func `an identifier or an order that gives the label away is found`(how: String) throws {
    var made = Made(seed: 104)
    if how == "order" { made.rows.sort { $0.value < $1.value } }
    for place in made.rows.indices {
      let value = made.rows[place].value
      switch how {
      case "number": made.rows[place].id = "CMP\(Int(value * 1000) + place % 7)"
      case "text": made.rows[place].id = "\(value > 6 ? "ACT" : "INA")-\(place)"
      case "length": made.rows[place].id = String(repeating: "x", count: Int(value) + 1)
      default: break
      }
    }
    let found = try made.audit().findings.filter { $0.kind == .giveaway }
    #expect(found.contains { $0.sentence.contains(how) }, "\(found.map(\.sentence))")
  }
}
