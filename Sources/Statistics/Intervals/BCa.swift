/// Where a bias-corrected and accelerated interval reads its ends.
///
/// Efron: Better bootstrap confidence intervals. JASA 1987, 82, 171.
struct BCa {
  let bias: Double
  let acceleration: Double

  init(estimate: Double, sorted: [Double], jackknife: [Double?]) {
    // Ties with the estimate count half, as a discrete metric has many.
    let below = sorted.count { $0 < estimate }
    let equal = sorted.count { $0 == estimate }
    let share = (Double(below) + Double(equal) / 2) / Double(sorted.count)
    // All replicates on one side would move the ends infinitely far: half a replicate is kept back.
    let guardRail = 0.5 / Double(sorted.count)
    bias = Normal.point(ofShare: min(max(share, guardRail), 1 - guardRail))
    acceleration = BCa.acceleration(jackknife.compactMap { $0 })
  }

  private static func acceleration(_ values: [Double]) -> Double {
    guard let mean = Moments.mean(values) else { return 0 }
    let squares = Moments.sum(values.lazy.map { (mean - $0) * (mean - $0) })
    let cubes = Moments.sum(values.lazy.map { (mean - $0) * (mean - $0) * (mean - $0) })
    guard squares > 0 else { return 0 }
    return cubes / (6 * squares * squares.squareRoot())
  }

  func shares(tail: Double) -> (Double, Double) { (share(tail), share(1 - tail)) }

  private func share(_ nominal: Double) -> Double {
    let moved = bias + Normal.point(ofShare: nominal)
    let stretch = 1 - acceleration * moved
    // Past the pole of the correction the interval takes in all replicates.
    guard stretch > 0 else { return nominal < 0.5 ? 0 : 1 }
    return Normal.share(below: bias + moved / stretch)
  }
}
