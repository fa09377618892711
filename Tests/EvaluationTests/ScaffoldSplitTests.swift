import Evaluation
import Foundation
import Statistics
import Testing

@Suite("Scaffold split") struct ScaffoldSplitTests {
  struct Case: Codable, Sendable {
    var scaffolds: [String]
    var seed: UInt64
    var fractions: [Double]
  }

  struct Answer: Decodable { var deepChem, balanced, balancedTDC: [[Int]] }

  /// The three published ways, written from their sources: DeepChem 2.8 `ScaffoldSplitter`,
  /// chemprop 1.6 `scaffold_split(balanced=True)`, TDC `create_scaffold_split`.
  private static let oracle = """
    import json, random, sys
    def groups(scaffolds):
        found = {}
        for row, scaffold in enumerate(scaffolds):
            found.setdefault(scaffold, []).append(row)
        return found
    def deepchem(scaffolds, f):
        sets = [s for _, s in sorted(
            groups(scaffolds).items(), key=lambda x: (len(x[1]), x[1][0]), reverse=True)]
        first, second = f[0] * len(scaffolds), (f[0] + f[1]) * len(scaffolds)
        train, valid, test = [], [], []
        for s in sets:
            if len(train) + len(s) > first:
                if len(train) + len(valid) + len(s) > second:
                    test += s
                else:
                    valid += s
            else:
                train += s
        return train, valid, test
    def balanced(scaffolds, sizes, seed, tdc, f):
        r = random.Random(seed)
        big, small = [], []
        for s in groups(scaffolds).values():
            (big if len(s) > sizes[1] / 2 or len(s) > sizes[2] / 2 else small).append(s)
        r.seed(seed)
        r.shuffle(big)
        r.shuffle(small)
        train, valid, test = [], [], []
        for s in big + small:
            if len(train) + len(s) <= sizes[0]:
                train += s
            elif (tdc and f[2] == 0) or len(valid) + len(s) <= sizes[1]:
                valid += s
            else:
                test += s
        return train, valid, test
    answers = []
    for case in json.load(open(sys.argv[1])):
        s, seed, f = case["scaffolds"], case["seed"], case["fractions"]
        n = len(s)
        whole = [int(n * f[0]), int(n * f[1])]
        whole.append(n - sum(whole))
        answers.append({
            "deepChem": [sorted(x) for x in deepchem(s, f)],
            "balanced": [sorted(x) for x in balanced(s, [x * n for x in f], seed, False, f)],
            "balancedTDC": [sorted(x) for x in balanced(s, whole, seed, True, f)]})
    print(json.dumps(answers))
    """

  private static func check(_ cases: [Case]) throws {
    let answers = try JSONDecoder().decode([Answer].self, from: Python.run(oracle, cases))
    for (one, answer) in zip(cases, answers) {
      let fractions = SplitFractions(
        train: one.fractions[0], validation: one.fractions[1], test: one.fractions[2])
      for (variant, expected) in [
        (ScaffoldSplit.Variant.deepChem, answer.deepChem), (.balanced, answer.balanced),
        (.balancedTDC, answer.balancedTDC),
      ] {
        let split = ScaffoldSplit(variant, fractions: fractions, seed: one.seed)
          .split(scaffolds: one.scaffolds)
        let found = [split.train, split.validation, split.test]
        #expect(found == expected, "\(variant), seed \(one.seed), \(one.fractions)")
      }
    }
  }

  private static let fractions = [
    [0.8, 0.1, 0.1], [0.7, 0.1, 0.2], [0.9, 0.1, 0], [0.5, 0.25, 0.25],
  ]

  @Test func `each variant gives the rows of its original on made-up scaffolds`() throws {
    var generator = Xoshiro256(seed: 1)
    var cases: [Case] = []
    for size in [1, 2, 10, 57, 400] {
      for fractions in Self.fractions {
        // Squaring makes a few scaffolds large and most rare, as in real sets.
        let scaffolds = (0..<size).map { _ in
          String(Int(generator.drawUnit() * generator.drawUnit() * Double(size)))
        }
        cases.append(Case(scaffolds: scaffolds, seed: generator.next() >> 20, fractions: fractions))
      }
    }
    try Self.check(cases)
  }

  static let chemistry = "references/chemistry/expected_rdkit_2022.09.3_identity.csv"

  @Test(.enabled(if: SharedData.exists(chemistry), "no reference data"))
  func `each variant gives the rows of its original on real scaffolds`() throws {
    let scaffolds = try SharedData.column("murcko_scaffold", of: Self.chemistry)
    #expect(scaffolds.count == 1060)
    try Self.check(
      (0..<5).flatMap { seed in
        Self.fractions.map { Case(scaffolds: scaffolds, seed: seed, fractions: $0) }
      })
  }

  static let caco2 = "datasets/tdc_admet_group/caco2_wang/test.csv"

  @Test(
    .enabled(if: SharedData.exists(caco2), "no reference data"),
    arguments: ScaffoldSplit.Variant.allCases)
  func `no scaffold stands in two parts, and every row in one`(
    variant: ScaffoldSplit.Variant
  ) throws {
    let smiles = try SharedData.column("Drug", of: Self.caco2)
    let scaffolds = try ScaffoldSplit.scaffolds(of: smiles)
    let split = try ScaffoldSplit(variant, seed: 4).split(smiles: smiles)
    #expect(split == ScaffoldSplit(variant, seed: 4).split(scaffolds: scaffolds))
    #expect((split.train + split.validation + split.test).sorted() == Array(smiles.indices))
    let parts = split.parts.map { part in Set(part.rows.map { scaffolds[$0] }) }
    #expect(parts[0].isDisjoint(with: parts[1]))
    #expect(parts[0].isDisjoint(with: parts[2]))
    #expect(parts[1].isDisjoint(with: parts[2]))
    #expect(!split.train.isEmpty && !split.test.isEmpty)
  }
}
