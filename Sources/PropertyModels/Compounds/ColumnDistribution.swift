/// A column's distribution among the training compounds, as quantiles: a number becomes its place
/// in it, so that a skewed column and a far number do no harm.
struct ColumnDistribution: Hashable, Sendable {
  /// How many quantiles are kept, the ends included.
  static let count = 65
  /// The quantiles, ascending.
  let knots: [Float]

  /// The quantiles of numbers, of which those that are not finite are missing.
  init(of numbers: [Float]) {
    let known = numbers.filter(\.isFinite).sorted()
    guard let last = known.indices.last else {
      knots = [Float](repeating: 0, count: Self.count)
      return
    }
    knots = (0..<Self.count).map { known[($0 * last + (Self.count - 1) / 2) / (Self.count - 1)] }
  }

  /// Quantiles from a file; nil where they do not ascend.
  init?(knots: [Float]) {
    guard knots.count == Self.count, zip(knots, knots.dropFirst()).allSatisfy({ $0 <= $1 }) else {
      return nil
    }
    self.knots = knots
  }

  /// The place of a number, from −√3 to √3, about unit variance; 0 in the middle, and for a number
  /// that is missing or a column that never varies.
  ///
  /// A number that many compounds have stands in the middle of their places.
  func place(of number: Float) -> Float {
    guard number.isFinite, let first = knots.first, let last = knots.last, first < last else {
      return 0
    }
    let below = knots.count { $0 < number }
    let equal = knots.count { $0 == number }
    var place: Float
    if equal > 0 {
      place = Float(below) + Float(equal - 1) / 2
    } else if below == 0 || below == knots.count {
      place = below == 0 ? 0 : Float(knots.count - 1)
    } else {
      let (low, high) = (knots[below - 1], knots[below])
      place = Float(below - 1) + (number - low) / (high - low)
    }
    place /= Float(knots.count - 1)
    return (place - 0.5) * Float(12).squareRoot()
  }
}
