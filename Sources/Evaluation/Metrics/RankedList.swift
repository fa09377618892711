/// Labels in descending order of their scores: what every ranking metric reads.
struct RankedList {
  /// The share of an active at each place: 0 or 1, or between inside a tie under ``TieRule/mean``.
  let activity: [Double]
  /// How many actives there are.
  let actives: Int

  var count: Int { activity.count }

  /// Nil where a score is not finite.
  init?(scores: [Double], labels: [Bool], ties: TieRule) {
    precondition(scores.count == labels.count, "\(scores.count) scores, \(labels.count) labels")
    guard scores.allSatisfy(\.isFinite) else { return nil }
    let order = scores.indices.sorted { one, other in
      if scores[one] != scores[other] { return scores[one] > scores[other] }
      if labels[one] != labels[other] {
        if ties == .activesFirst { return labels[one] }
        if ties == .activesLast { return labels[other] }
      }
      return one < other
    }
    actives = labels.count { $0 }
    var activity = order.map { labels[$0] ? 1.0 : 0.0 }
    if ties == .mean {
      for tie in RankedList.ties(scores, order) where tie.count > 1 {
        let share = activity[tie].reduce(0, +) / Double(tie.count)
        for place in tie { activity[place] = share }
      }
    }
    self.activity = activity
  }

  static func ties(_ scores: [Double], _ order: [Int]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, scores[order[end]] == scores[order[start]] { end += 1 }
      runs.append(start..<end)
      start = end
    }
    return runs
  }
}
