import Molecules

/// SMARTS from the web: parsed, screened for and searched within a small budget.
enum SMARTSTarget: FuzzTarget {
  static let name = "smarts"

  private static let molecules = [
    "CC(=O)Oc1ccccc1C(=O)O", "C1CC1.[Na+].[Cl-]", "F/C=C/[C@H](N)[2H]",
    "c1ccc2c(c1)c1cccc3cccc2c31",
  ]

  static func seeds() -> [[UInt8]] {
    [
      "[#6]-[Cl,Br;!$(C#N)]", "c1ccccc1", "[$([CX3](=O)[OH]),$(c1nnn[nH]1)]", "C@C!@N",
      "[C@H](F)/C=C/F",
      "[D2;x3;r5;R1;v4;h1;H2;X3;z2;Z1;^2;+1;-2;12C:3]", "*~*.*", "[D{1-3}]", "[#6]->[#7]",
    ].map { Array($0.utf8) }
  }

  static func take(_ bytes: [UInt8]) {
    let text = String(decoding: bytes.prefix(1_000), as: UTF8.self)
    guard let pattern = try? SubstructurePattern(smarts: text),
      let wanted = try? pattern.patternFingerprintWords(bits: 512)
    else { return }
    for smiles in molecules {
      guard let structure = try? Structure(parsing: smiles),
        let held = try? structure.patternFingerprintWords(bits: 512),
        let outcome = try? structure.outcome(of: pattern, budget: MatchBudget(steps: 50_000))
      else { continue }
      let isCandidate = zip(wanted, held).allSatisfy { $0 & ~$1 == 0 }
      precondition(outcome != .present || isCandidate, "a match is hidden: \(text) in \(smiles)")
    }
  }
}
