import Evaluation
import Parallelism
import PropertyModels
import Statistics

/// One training and test of every model: which rows, and which seed.
struct Replicate: Hashable, Sendable {
  /// The name in folders and tables, such as `seed-1` or `r2-f5`.
  let name: String
  /// Numbers of rows of the prepared data set.
  var train: [Int]
  let test: [Int]
  let seed: UInt64
  let share: Double

  /// The replicates of a data set, those of part of the training rows after the whole ones.
  static func all(of data: PreparedDataset, pool: WorkerPool) throws -> [Replicate] {
    let whole = try whole(data, pool)
    let parts = data.dataset.shares.filter { $0 < 1 }.flatMap { share in
      whole.map { $0.learning(from: share) }
    }
    return whole + parts
  }

  /// A part of the training rows by chance; a smaller part lies in a larger one.
  private func learning(from share: Double) -> Replicate {
    var draws = Xoshiro256(seed: SplitMix64.seed(seed, piece: 1 << 20))
    let order = draws.drawOrder(of: train.count)
    let count = max(1, Int((share * Double(train.count)).rounded()))
    return Replicate(
      name: "\(name)@\(share)", train: order.prefix(count).map { train[$0] }.sorted(), test: test,
      seed: seed, share: share)
  }

  private static func whole(_ data: PreparedDataset, _ pool: WorkerPool) throws -> [Replicate] {
    let rows = data.rows
    func seeded(_ seeds: [UInt64], _ split: (UInt64) throws -> Split) rethrows -> [Replicate] {
      try seeds.map { seed in
        let split = try split(seed)
        return Replicate(
          name: "seed-\(seed)", train: (split.train + split.validation).sorted(), test: split.test,
          seed: seed, share: 1)
      }
    }
    switch data.dataset.split {
    case .files(let seeds), .column(_, let seeds), .table(_, let seeds):
      let split = Split(
        train: rows.indices.filter { rows[$0].part == .train },
        test: rows.indices.filter { rows[$0].part == .test })
      return seeded(seeds) { _ in split }
    case .draws:
      let numbers = Dictionary(
        rows.indices.map { (rows[$0].id, $0) }, uniquingKeysWith: { first, _ in first })
      return data.draws.enumerated().map { number, ids in
        let train = Set(ids.compactMap { numbers[$0] })
        return Replicate(
          name: "draw-\(number + 1)", train: train.sorted(),
          test: rows.indices.filter { !train.contains($0) }, seed: UInt64(number + 1), share: 1)
      }
    case .random(let seeds):
      return seeded(seeds) { seed in
        let groups = groups(rows.map(\.smiles))
        let split = RandomSplit(
          fractions: SplitFractions(train: 0.8, test: 0.2), seed: seed
        ).split(count: groups.count)
        return Split(
          train: split.train.flatMap { groups[$0] },
          test: split.test.flatMap { groups[$0] }.sorted())
      }
    case .scaffold(let variant, let seeds):
      let scaffolds = try ScaffoldSplit.scaffolds(of: rows.map(\.smiles), pool: pool)
      return seeded(seeds) { ScaffoldSplit(variant, seed: $0).split(scaffolds: scaffolds) }
    case .crossValidation(let repeats, let folds, let byScaffold, let seed):
      let keys =
        byScaffold
        ? try ScaffoldSplit.scaffolds(of: rows.map(\.smiles), pool: pool) : rows.map(\.smiles)
      return crossValidation(data, groups(keys), repeats, folds, byScaffold, seed)
    }
  }

  private static func crossValidation(
    _ data: PreparedDataset, _ groups: [[Int]], _ repeats: Int, _ folds: Int, _ even: Bool,
    _ seed: UInt64
  ) -> [Replicate] {
    (0..<repeats).flatMap { turn in
      let own = SplitMix64.seed(seed, piece: turn)
      let fold = even ? evenly(groups, folds, own) : stratified(data, groups, folds, own)
      return (0..<folds).map { number in
        func rows(_ isIn: (Int) -> Bool) -> [Int] {
          groups.indices.filter { isIn(fold[$0]) }.flatMap { groups[$0] }.sorted()
        }
        return Replicate(
          name: "r\(turn + 1)-f\(number + 1)", train: rows { $0 != number },
          test: rows { $0 == number }, seed: own, share: 1)
      }
    }
  }

  /// Groups of one row each mostly: dealt in turn, class by class.
  private static func stratified(
    _ data: PreparedDataset, _ groups: [[Int]], _ folds: Int, _ seed: UInt64
  ) -> [Int] {
    let isClass = data.dataset.task.kind == .classification
    return KFold(count: folds, seed: seed).assignment(
      strata: groups.map { isClass ? Int(data.rows[$0[0]].value) : 0 })
  }

  /// Groups of very different sizes: in random order, each into the smallest fold so far.
  private static func evenly(_ groups: [[Int]], _ folds: Int, _ seed: UInt64) -> [Int] {
    var draws = Xoshiro256(seed: seed)
    let order = draws.drawOrder(of: groups.count)
    // The large ones first, or the last of them could overfill a fold; ties stay in random order.
    let sorted = order.enumerated().sorted {
      (groups[$1.element].count, $0.offset) < (groups[$0.element].count, $1.offset)
    }
    var sizes = [Int](repeating: 0, count: folds)
    var fold = [Int](repeating: 0, count: groups.count)
    for (_, group) in sorted {
      let smallest = sizes.indices.min { (sizes[$0], $0) < (sizes[$1], $1) } ?? 0
      fold[group] = smallest
      sizes[smallest] += groups[group].count
    }
    return fold
  }

  /// Rows with the same key, in order of appearance.
  private static func groups(_ keys: [String]) -> [[Int]] {
    var places: [String: Int] = [:]
    var groups: [[Int]] = []
    for (row, key) in keys.enumerated() {
      if let place = places[key] {
        groups[place].append(row)
      } else {
        places[key] = groups.count
        groups.append([row])
      }
    }
    return groups
  }

  /// Why nothing can be learnt or judged; nil where all is well.
  func problem(in data: PreparedDataset) -> String? {
    if train.count < Examples.fewestLabels {
      return "\(name) has \(train.count) rows to learn from, \(Examples.fewestLabels) are needed"
    }
    if test.isEmpty { return "\(name) has no rows to test on" }
    guard data.dataset.task.kind == .classification else {
      return Set(train.map { data.rows[$0].value }).count < 2
        ? "\(name) has one value alone to learn from" : nil
    }
    for (what, part) in [("to learn from", train), ("to test on", test)]
    where Set(part.map { data.rows[$0].value }).count < 2 {
      return "\(name) has one class alone \(what)"
    }
    return nil
  }
}
