public import Statistics

/// The share of all actives found in the first part of a ranked list, with its doubt.
///
/// EmProc of Ash, Hughes-Oliver (J. Cheminform. 2022, 14, 50): the delta method for the empirical
/// process of scores, as in Jiang, Zhao 2015. Where the threshold falls is itself a matter of
/// chance, which binomial intervals leave out. With θ the share found, r the share tested, π the
/// share of actives and Λ the hit rate at the threshold,
/// Var = [θ(1 − θ)(1 − 2Λ)/π + Λ²r(1 − r)/π²] / n.
public struct EnrichmentBand: Codable, Hashable, Sendable {
  /// The share of the list that is tested.
  public let fraction: Double
  /// How many compounds that is.
  public let tested: Int
  /// The expected number of actives among them, ties by the mean over their orders.
  public let hits: Double
  /// The share of all actives that is found.
  public let recall: Double
  /// The standard error of the share found.
  public let standardError: Double
  /// Where the share found lies.
  public let interval: Interval
  /// How many times the share by chance.
  public let enrichment: Double

  /// Measures the head of a list; nil without actives, or where a score is not finite.
  public init?(
    scores: [Double], labels: [Bool], fraction: Double, confidence: Double = 0.95
  ) {
    precondition(fraction > 0 && fraction <= 1, "a fraction lies in (0, 1], not at \(fraction)")
    guard let list = RankedList(scores: scores, labels: labels, ties: .mean), list.actives > 0
    else { return nil }
    let n = Double(list.count)
    tested = min(list.count, max(1, Int((fraction * n).rounded(.up))))
    self.fraction = fraction
    hits = list.activity.prefix(tested).reduce(0, +)
    let share = Double(list.actives) / n
    let r = Double(tested) / n
    recall = hits / Double(list.actives)
    enrichment = recall / r
    // Two actives and two inactives more, one of each on either side: no variance of 0 at the ends.
    let plus = (hits + 1) / (Double(list.actives) + 2)
    let local = EnrichmentBand.localRate(list, at: tested)
    let variance =
      (plus * (1 - plus) * (1 - 2 * local) / share + local * local * r * (1 - r) / (share * share))
      / n
    // Where the head is nearly all hits the two terms cancel; the doubt about the head's own hit
    // rate is left, and is the least there is.
    let rate = (hits + 1) / (Double(tested) + 2)
    let head = rate * (1 - rate) / Double(tested) * (r / share) * (r / share)
    standardError = max(head, variance).squareRoot()
    let reach = -Normal.point(ofShare: (1 - confidence) / 2) * standardError
    interval = Interval(
      lower: max(0, min(recall, recall - reach)),
      upper: max(recall, min(1, r / share, recall + reach)),
      confidence: confidence)
  }

  /// The hit rate about a place: over as many neighbours on both sides as a root of the list.
  private static func localRate(_ list: RankedList, at place: Int) -> Double {
    let reach = max(5, Int(Double(list.count).squareRoot()))
    let window = max(0, place - reach)..<min(list.count, place + reach)
    let hits = list.activity[window].reduce(0, +)
    return (hits + 0.5) / (Double(window.count) + 1)
  }
}

/// The curves that show how well scores rank: points in ascending order of the first coordinate.
public struct RankingCurves: Codable, Hashable, Sendable {
  /// A point of a curve.
  public struct Point: Codable, Hashable, Sendable {
    /// Across.
    public let x: Double
    /// Up.
    public let y: Double
  }
  /// The false positive rate and the true positive rate.
  public let roc: [Point]
  /// Recall and precision.
  public let precision: [Point]
  /// The share of the list and the share of the actives found.
  public let enrichment: [Point]

  /// Draws the curves; nil with one class, or where a score is not finite.
  ///
  /// - Parameter most: thinned to about so many points each.
  public init?(scores: [Double], labels: [Bool], most: Int = 120) {
    guard let curve = ThresholdCurve(scores: scores, labels: labels), curve.actives > 0,
      curve.inactives > 0
    else { return nil }
    let (actives, inactives) = (Double(curve.actives), Double(curve.inactives))
    let count = curve.truePositives.count
    let step = max(1, count / most)
    let places = stride(from: 0, to: count, by: step) + (count % step == 1 ? [] : [count - 1])
    func points(_ point: (Double, Double) -> (Double, Double)) -> [Point] {
      places.map { place in
        let (x, y) = point(Double(curve.truePositives[place]), Double(curve.falsePositives[place]))
        return Point(x: x, y: y)
      }
    }
    let origin = Point(x: 0, y: 0)
    roc = [origin] + points { ($1 / inactives, $0 / actives) }
    precision = points { ($0 / actives, $0 / ($0 + $1)) }
    enrichment = [origin] + points { (($0 + $1) / (actives + inactives), $0 / actives) }
  }

  /// The largest recall at which the precision is still so high; 0 where it never is, nil with one
  /// class.
  public static func recall(atPrecision level: Double, scores: [Double], labels: [Bool]) -> Double?
  {
    guard let curve = ThresholdCurve(scores: scores, labels: labels), curve.actives > 0 else {
      return nil
    }
    var best = 0.0
    for (hits, misses) in zip(curve.truePositives, curve.falsePositives)
    where Double(hits) >= level * Double(hits + misses) {
      best = max(best, Double(hits) / Double(curve.actives))
    }
    return best
  }
}
