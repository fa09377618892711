/// The lowest point of a function inside a box, without a gradient: a grid, then ever smaller steps.
///
/// Hooke & Jeeves, J. ACM 1961, 8, 212. The grid makes it nearly independent of a start, which the
/// uneven sums of squares of short series need; the same function gives the same point.
struct PatternSearch {
  /// The box, one pair for each coordinate.
  let box: [ClosedRange<Double>]
  /// Grid points on each coordinate.
  let points: Int
  /// From how many of the grid's best points steps are taken.
  let starts: Int
  /// Steps shorter than this share of the box end it.
  let tolerance: Double

  /// The lowest point that was found; nil where the function is undefined on the whole grid.
  func minimum(of function: ([Double]) -> Double?) -> (place: [Double], value: Double)? {
    var grid: [(place: [Double], value: Double)] = []
    let size = (0..<box.count).reduce(1) { total, _ in total * points }
    for index in 0..<size {
      var rest = index
      let place = box.map { side in
        defer { rest /= points }
        let share = Double(rest % points) / Double(points - 1)
        return side.lowerBound + share * (side.upperBound - side.lowerBound)
      }
      if let value = function(place), value.isFinite { grid.append((place, value)) }
    }
    grid.sort { $0.value < $1.value }
    return grid.prefix(starts).map { descend(from: $0, function) }.min { $0.value < $1.value }
  }

  private func descend(
    from start: (place: [Double], value: Double), _ function: ([Double]) -> Double?
  ) -> (place: [Double], value: Double) {
    var best = start
    var share = 0.5 / Double(points - 1)
    while share > tolerance {
      var isBetter = false
      for side in box.indices {
        for sign in [1.0, -1.0] {
          var place = best.place
          let step = sign * share * (box[side].upperBound - box[side].lowerBound)
          place[side] = min(max(place[side] + step, box[side].lowerBound), box[side].upperBound)
          if let value = function(place), value < best.value {
            best = (place, value)
            isBetter = true
          }
        }
      }
      if !isBetter { share /= 2 }
    }
    return best
  }
}
