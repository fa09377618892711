import Foundation
import GradientBoosting
import Testing

@Suite struct BadInputTests {
  @Test func `labels that are none are refused with their reason`() throws {
    let table = SmallTable(rows: 20)
    func grow(
      _ labels: BoostingLabels, _ objective: BoostingObjective = .squaredError, rounds: Int = 2
    ) throws {
      _ = try BoostedTrees.grown(
        on: table.matrix, labels: labels, objective: objective, plan: BoostingPlan(rounds: rounds),
        seed: 0)
    }
    var values = table.values
    values[3] = .nan
    #expect(throws: BoostingError.data("a label is not finite")) {
      try grow(BoostingLabels(values))
    }
    #expect(throws: BoostingError.data("19 labels for 20 rows")) {
      try grow(BoostingLabels(Array(table.values.dropLast())))
    }
    #expect(throws: BoostingError.data("a class is neither 0 nor 1")) {
      try grow(BoostingLabels(table.values), .logistic)
    }
    #expect(throws: BoostingError.self) {
      try grow(
        BoostingLabels(lower: table.values.map { $0 + 1 }, upper: table.values),
        .censored(deviation: 1))
    }
    #expect(throws: BoostingError.setting("0 rounds")) {
      try grow(BoostingLabels(table.values), rounds: 0)
    }
  }

  @Test func `no cut of a model's bytes is taken for a model`() throws {
    let bytes = try SmallTable(rows: 30).trees(BoostingPlan(rounds: 1, depth: 2)).json
    for count in stride(from: 0, to: bytes.count, by: 7) {
      #expect(throws: BoostingError.self) { try BoostedTrees(decoding: bytes.prefix(count)) }
    }
  }

  @Test(
    "a tree that points out of itself is refused",
    arguments: [
      (#""left_children":[1"#, #""left_children":[9999"#),
      (#""left_children":[1"#, #""left_children":[0"#),
      (#""left_children":[1"#, #""left_children":[-7"#),
      (#""num_feature":"6""#, #""num_feature":"0""#),
      (#""num_feature":"6""#, #""num_feature":"1""#),
      (#""name":"gbtree""#, #""name":"dart""#),
      (#""name":"reg:squarederror""#, #""name":"rank:pairwise""#),
    ])
  func refuses(original: String, altered: String) throws {
    let bytes = try SmallTable(rows: 200).trees(BoostingPlan(rounds: 3)).json
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains(original))
    let changed = text.replacingOccurrences(of: original, with: altered)
    #expect(throws: BoostingError.self) { try BoostedTrees(decoding: Data(changed.utf8)) }
  }

  @Test func `altered bytes give an error or a model, never a crash`() throws {
    let table = SmallTable(rows: 30)
    let bytes = try table.trees(BoostingPlan(rounds: 2, depth: 3)).json
    var state: UInt64 = 9
    for _ in 0..<400 {
      var altered = bytes
      for _ in 0..<3 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        altered[Int(state >> 33) % altered.count] = UInt8(truncatingIfNeeded: state >> 20)
      }
      guard let trees = try? BoostedTrees(decoding: altered), trees.columns == 6 else { continue }
      #expect(trees.margins(of: table.matrix).count == 30)
    }
  }
}
