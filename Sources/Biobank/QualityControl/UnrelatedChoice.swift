/// The choice of people of whom no two are relatives.
///
/// The person with the most relatives left goes first, of several the one whose name comes last;
/// then whoever has no kept relative any more comes back, first names first. The largest such group
/// is a hard problem; this is the usual way to a large one, and the same one whatever the order.
enum UnrelatedChoice {
  /// The people to leave out.
  ///
  /// - Parameters:
  ///   - pairs: who is related to whom.
  ///   - order: a number for each person by the order of names.
  /// - Complexity: O(left out × people with relatives + pairs)
  static func leftOut(_ pairs: [(Int, Int)], order: [Int: Int]) -> Set<Int> {
    var relatives: [Int: Set<Int>] = [:]
    for (one, other) in pairs {
      relatives[one, default: []].insert(other)
      relatives[other, default: []].insert(one)
    }
    let named = relatives.keys.sorted { (order[$0] ?? $0) < (order[$1] ?? $1) }
    var left = relatives.mapValues(\.count)
    var gone = Set<Int>()
    while true {
      var worst: (person: Int, count: Int)?
      for person in named where !gone.contains(person) {
        let count = left[person] ?? 0
        if count > 0, count >= worst?.count ?? 1 { worst = (person, count) }
      }
      guard let worst else { break }
      gone.insert(worst.person)
      for other in relatives[worst.person] ?? [] { left[other, default: 0] -= 1 }
    }
    for person in named where gone.contains(person) {
      if (relatives[person] ?? []).isSubset(of: gone) { gone.remove(person) }
    }
    return gone
  }
}
