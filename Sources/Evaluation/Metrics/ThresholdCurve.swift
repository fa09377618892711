/// True and false positives at every distinct score, from the highest down.
///
/// Compounds with the same score enter together, so the areas do not depend on the input's order.
struct ThresholdCurve {
  /// Actives at or above each distinct score.
  private(set) var truePositives: [Int] = []
  /// Inactives at or above each distinct score.
  private(set) var falsePositives: [Int] = []
  let actives: Int
  let inactives: Int

  /// Nil where a score is not finite.
  init?(scores: [Double], labels: [Bool]) {
    precondition(scores.count == labels.count, "\(scores.count) scores, \(labels.count) labels")
    guard scores.allSatisfy(\.isFinite) else { return nil }
    actives = labels.count { $0 }
    inactives = labels.count - actives
    let order = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
    var hits = 0
    for tie in RankedList.ties(scores, order) {
      hits += tie.count { labels[order[$0]] }
      truePositives.append(hits)
      falsePositives.append(tie.upperBound - hits)
    }
  }

  /// The area under the receiver operating characteristic; undefined with one class.
  ///
  /// Counted in halves of pairs, so it is exact: the chance that an active stands above an inactive
  /// one, ties counting half.
  var rocArea: Double? {
    guard actives > 0, inactives > 0 else { return nil }
    var halves = 0
    var last = (hits: 0, misses: 0)
    for (hits, misses) in zip(truePositives, falsePositives) {
      halves += (misses - last.misses) * (hits + last.hits)
      last = (hits, misses)
    }
    return Double(halves) / 2 / Double(actives) / Double(inactives)
  }

  /// The sum of precision times gained recall; undefined without actives.
  var averagePrecision: Double? {
    guard actives > 0 else { return nil }
    var area = 0.0
    var last = 0
    for (hits, misses) in zip(truePositives, falsePositives) {
      area += Double(hits - last) * Double(hits) / Double(hits + misses)
      last = hits
    }
    return area / Double(actives)
  }

  /// The trapezoid area under precision against recall, from the point (0, 1); undefined without
  /// actives.
  ///
  /// Lines between the points promise precisions that no threshold has: Davis, Goadrich, ICML 2006.
  /// It is here to compare with those who report it.
  var trapezoidArea: Double? {
    guard actives > 0 else { return nil }
    var area = 0.0
    var last = (hits: 0, precision: 1.0)
    for (hits, misses) in zip(truePositives, falsePositives) {
      let precision = Double(hits) / Double(hits + misses)
      area += Double(hits - last.hits) * (precision + last.precision) / 2
      last = (hits, precision)
    }
    return area / Double(actives)
  }
}
