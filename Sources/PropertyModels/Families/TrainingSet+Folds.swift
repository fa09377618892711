import Evaluation

extension TrainingSet {
  /// Cuts the rows into folds: equally many rows of each kind of label in each, and rows of the same
  /// structure always in the same one.
  public func folds(_ count: Int, seed: UInt64) -> [Int] {
    precondition(count >= 2, "\(count) folds hold nothing out")
    let strata = strata
    var groups: [String: Int] = [:]
    var groupOfRow: [Int] = []
    var groupStrata: [Int] = []
    for row in 0..<self.count {
      let smiles = compounds.smiles(row)
      let group = groups[smiles] ?? groupStrata.count
      if group == groupStrata.count {
        groups[smiles] = group
        groupStrata.append(strata[row])
      }
      groupOfRow.append(group)
    }
    let folds = KFold(count: count, seed: seed).assignment(strata: groupStrata)
    return groupOfRow.map { folds[$0] }
  }
}
