import Evaluation
import Testing

@Suite("Splits") struct SplitTests {
  @Test func `a column names the parts in any spelling`() throws {
    let split = try FixedSplit.split(column: ["train", " Test", "TRAIN", "valid", "dev"])
    #expect(split == Split(train: [0, 2], validation: [3, 4], test: [1]))
  }

  @Test func `a word that names no part is an error with its row`() {
    #expect(throws: SplitError.unknownPart(row: 1, text: "tets")) {
      try FixedSplit.split(column: ["train", "tets"])
    }
    #expect(throws: SplitError.emptyPart("test")) { try FixedSplit.split(column: ["train"]) }
    #expect(throws: SplitError.emptyPart("train")) { try FixedSplit.split(column: []) }
  }

  static let moleculeACE = "datasets/activity_moleculeace/CHEMBL204_Ki.csv"

  @Test(.enabled(if: SharedData.exists(moleculeACE), "no reference data"))
  func `MoleculeACE's own split of thrombin is read`() throws {
    let split = try FixedSplit.split(column: SharedData.column("split", of: Self.moleculeACE))
    #expect(split.train.count == 2201 && split.test.count == 553 && split.validation.isEmpty)
  }

  @Test(arguments: [0, 1, 7, 100])
  func `a random split holds every row once and depends on the seed alone`(count: Int) {
    let split = RandomSplit(seed: 3).split(count: count)
    #expect((split.train + split.validation + split.test).sorted() == Array(0..<count))
    #expect(split == RandomSplit(seed: 3).split(count: count))
    if count == 100 {
      #expect(split.parts.map(\.rows.count) == [80, 10, 10])
      #expect(split != RandomSplit(seed: 4).split(count: count))
    }
  }

  @Test func `each row is held out once, in folds of nearly equal size`() {
    let splits = KFold(count: 5, seed: 1).splits(rows: 23)
    #expect(splits.flatMap(\.test).sorted() == Array(0..<23))
    #expect(splits.map(\.test.count).sorted() == [4, 4, 5, 5, 5])
    #expect(splits.allSatisfy { ($0.train + $0.test).sorted() == Array(0..<23) })
    #expect(splits != KFold(count: 5, seed: 2).splits(rows: 23))
  }

  @Test func `strata are spread evenly over the folds`() {
    let strata = (0..<100).map { $0 < 10 ? 1 : 0 }
    let folds = KFold(count: 5, seed: 1).splits(strata: strata)
    #expect(folds.allSatisfy { $0.test.count { strata[$0] == 1 } == 2 && $0.test.count == 20 })
    let rare = KFold(count: 3, seed: 1).splits(strata: Array(0..<9))
    #expect(rare.allSatisfy { $0.test.count == 3 })
  }
}
