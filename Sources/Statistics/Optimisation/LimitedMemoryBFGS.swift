/// The nearest minimum of a smooth function, by its gradient and a memory of the last steps.
///
/// Nocedal: Updating quasi-Newton matrices with limited storage. Math. Comp. 1980, 35, 773. Steps are
/// halved until the function falls enough (Armijo 1966). The same function and start give the same
/// minimum to the last bit.
public struct LimitedMemoryBFGS: Hashable, Sendable {
  /// How many steps are remembered.
  public let memory: Int
  /// The most steps that are taken.
  public let steps: Int
  /// It is enough when no element of the gradient is larger.
  public let tolerance: Double

  /// Creates a search.
  public init(memory: Int = 8, steps: Int = 100, tolerance: Double = 1e-5) {
    precondition(memory >= 1 && steps >= 0 && tolerance > 0, "a search that cannot end")
    self.memory = memory
    self.steps = steps
    self.tolerance = tolerance
  }

  /// A point with what the function is there.
  public struct Point: Hashable, Sendable {
    /// Where.
    public let place: [Double]
    /// The function's value.
    public let value: Double
    /// Its gradient.
    public let gradient: [Double]
  }

  /// Goes downhill from a place.
  ///
  /// - Parameter function: the value and the gradient; nil where it is undefined, where no step goes.
  /// - Returns: the lowest point that was reached; nil where the function is undefined at the start.
  public func minimum(
    from start: [Double], of function: ([Double]) -> (value: Double, gradient: [Double])?
  ) -> Point? {
    guard var point = Self.point(start, function) else { return nil }
    var history: [Step] = []
    for _ in 0..<steps {
      guard point.gradient.contains(where: { abs($0) > tolerance }) else { break }
      var direction = Self.direction(point.gradient, history)
      var slope = dot(direction, point.gradient)
      if slope >= 0 {
        // The memory misleads: forget it and go straight down.
        history = []
        direction = point.gradient.map { -$0 }
        slope = dot(direction, point.gradient)
      }
      // Without a memory nothing is known of the right length: one unit is a careful guess.
      var length = history.isEmpty ? min(1, 1 / (-slope).squareRoot()) : 1
      var next: Point?
      for _ in 0..<40 {
        let place = zip(point.place, direction).map { $0 + length * $1 }
        if let found = Self.point(place, function),
          found.value <= point.value + 1e-4 * length * slope
        {
          next = found
          break
        }
        length /= 2
      }
      guard let next else { break }
      let step = Step(
        move: zip(next.place, point.place).map { $0 - $1 },
        change: zip(next.gradient, point.gradient).map { $0 - $1 })
      let fell = point.value - next.value
      point = next
      // Only a step along which the slope rises keeps the memory positive definite.
      if let step {
        history.append(step)
        if history.count > memory { history.removeFirst() }
      }
      if fell <= 1e-13 * max(1, abs(point.value)) { break }
    }
    return point
  }

  private struct Step {
    let move: [Double]
    let change: [Double]
    let curvature: Double

    init?(move: [Double], change: [Double]) {
      curvature = dot(move, change)
      guard curvature > 1e-12 * dot(change, change) else { return nil }
      self.move = move
      self.change = change
    }
  }

  /// The two-loop recursion.
  private static func direction(_ gradient: [Double], _ history: [Step]) -> [Double] {
    var q = gradient
    var factors: [Double] = []
    for step in history.reversed() {
      let factor = dot(step.move, q) / step.curvature
      for i in q.indices { q[i] -= factor * step.change[i] }
      factors.append(factor)
    }
    if let last = history.last {
      let scale = last.curvature / dot(last.change, last.change)
      for i in q.indices { q[i] *= scale }
    }
    for (step, factor) in zip(history, factors.reversed()) {
      let back = factor - dot(step.change, q) / step.curvature
      for i in q.indices { q[i] += back * step.move[i] }
    }
    return q.map { -$0 }
  }

  private static func point(
    _ place: [Double], _ function: ([Double]) -> (value: Double, gradient: [Double])?
  ) -> Point? {
    guard let (value, gradient) = function(place), value.isFinite,
      gradient.allSatisfy(\.isFinite)
    else { return nil }
    return Point(place: place, value: value, gradient: gradient)
  }
}

private func dot(_ x: [Double], _ y: [Double]) -> Double {
  zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
}
