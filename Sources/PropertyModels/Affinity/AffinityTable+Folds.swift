import Evaluation

extension AffinityTable {
  /// Splits in which each fold is tested once.
  ///
  /// With both cold, the folds of compounds and of proteins are paired in turn, so that each compound
  /// and each protein is hidden once.
  public func folds(_ count: Int, cold: Cold, seed: UInt64) -> [(train: [Int], test: [Int])] {
    let fold = KFold(count: count, seed: seed)
    let compound = fold.assignment(rows: compounds.count)
    let protein = KFold(count: count, seed: seed &+ 1).assignment(rows: proteins.count)
    let pair = fold.assignment(rows: entries.count)
    return (0..<count).map { number in
      var (train, test) = ([Int](), [Int]())
      for (row, entry) in entries.enumerated() {
        let hides = (compound[entry.compound] == number, protein[entry.protein] == number)
        let isHidden: Bool? =
          switch cold {
          case .none: pair[row] == number
          case .compound: hides.0
          case .protein: hides.1
          case .both: hides.0 == hides.1 ? hides.0 : nil
          }
        if let isHidden { isHidden ? test.append(row) : train.append(row) }
      }
      return (train, test)
    }
  }
}
