import Foundation
import Tensors
import Testing

@testable import PropertyModels

@Suite struct CalibrationTests {
  private typealias HeldOut = UncertaintyCalibration.HeldOut

  /// Held-out rows whose errors are normal with a deviation that grows with spread and distance.
  private static func draws(_ count: Int, seed: UInt64) -> [UncertaintyCalibration.HeldOut] {
    var source = RandomSource(seed: seed)
    func uniform() -> Double { Double(source.unit()) }
    return (0..<count).map { _ in
      let (spread, distance) = (uniform(), uniform())
      // Box and Muller 1958.
      let normal = (-2 * log(1 - uniform())).squareRoot() * cos(2 * .pi * uniform())
      return UncertaintyCalibration.HeldOut(
        error: normal * (0.2 + 0.5 * spread + 0.8 * distance), spread: spread, distance: distance)
    }
  }

  private static func coverage(
    _ calibration: UncertaintyCalibration, of rows: [UncertaintyCalibration.HeldOut],
    nominal: Double
  ) -> Double {
    let held = rows.count {
      abs($0.error)
        <= calibration.halfWidth(coverage: nominal, spread: $0.spread, distance: $0.distance)
    }
    return Double(held) / Double(rows.count)
  }

  @Test(arguments: [0.5, 0.6827, 0.9, 0.95])
  func `intervals hold as often as they say, on fresh draws`(_ nominal: Double) {
    let calibration = UncertaintyCalibration(fitting: Self.draws(2_000, seed: 1))
    let fresh = Self.draws(20_000, seed: 2)
    // Four standard errors of the 2,000 draws that fixed the quantile: 2.7 points at 90 %.
    let tolerance = 4 * (nominal * (1 - nominal) / 2_000).squareRoot()
    #expect(abs(Self.coverage(calibration, of: fresh, nominal: nominal) - nominal) < tolerance)
  }

  @Test func `intervals hold near and far, not only on the average`() {
    let calibration = UncertaintyCalibration(fitting: Self.draws(4_000, seed: 3))
    let fresh = Self.draws(40_000, seed: 4)
    for part in [fresh.filter { $0.distance < 0.3 }, fresh.filter { $0.distance > 0.7 }] {
      #expect(abs(Self.coverage(calibration, of: part, nominal: 0.9) - 0.9) < 0.03)
    }
  }

  @Test func `the scale finds what made the errors, up to the mean of a half-normal`() {
    let calibration = UncertaintyCalibration(fitting: Self.draws(20_000, seed: 5))
    // The mean of |x| of a normal is 0.7979 deviations.
    #expect(abs(calibration.base - 0.7979 * 0.2) < 0.04)
    #expect(abs(calibration.perSpread - 0.7979 * 0.5) < 0.06)
    #expect(abs(calibration.perDistance - 0.7979 * 0.8) < 0.06)
  }

  @Test func `the quantile has the rank of split conformal prediction`() {
    // Equal spreads and distances leave one scale, so ratios are in proportion to errors 1…9.
    let rows = (1...9).map { HeldOut(error: Double($0), spread: 0, distance: 0) }
    let calibration = UncertaintyCalibration(fitting: rows)
    let widths = [0.1, 0.5, 0.9, 0.95].map {
      calibration.halfWidth(coverage: $0, spread: 0, distance: 0)
    }
    // Ranks ⌈10 · coverage⌉, at most the greatest error seen.
    for (width, expected) in zip(widths, [1.0, 5, 9, 9]) { #expect(abs(width - expected) < 1e-9) }
  }

  @Test func `perfect predictions give intervals that are tiny, not broken`() {
    let rows = (0..<20).map { _ in HeldOut(error: 0, spread: 0, distance: 0.5) }
    let width = UncertaintyCalibration(fitting: rows)
      .halfWidth(coverage: 0.9, spread: 0, distance: 0.5)
    #expect(width.isFinite && width >= 0 && width < 1e-5)
  }

  @Test func `one held-out row is enough to have an interval`() {
    let calibration = UncertaintyCalibration(fitting: [
      HeldOut(error: -2, spread: 0.1, distance: 0.2)
    ])
    let width = calibration.halfWidth(coverage: 0.9, spread: 0.1, distance: 0.2)
    #expect(abs(width - 2) < 1e-9)
  }
}

@Suite struct NonNegativeFitTests {
  private func fit(_ rows: [[Double]], _ targets: [Double], is expected: [Double]) {
    let found = NonNegativeFit.coefficients(rows, targets)
    #expect(found.count == expected.count)
    for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-9, "\(found), not \(expected)") }
  }

  @Test func `an exact line is found`() {
    fit([[1, 0], [1, 1], [1, 2]], [1, 3, 5], is: [1, 2])
  }

  @Test func `a falling line becomes its mean`() {
    // Least squares has slope −1; without it the best constant is (2 + 1 + 0) / 3.
    fit([[1, 0], [1, 1], [1, 2]], [2, 1, 0], is: [1, 0])
  }

  @Test func `a line below zero at its start goes through zero`() {
    // Targets 3x − 1: intercept −1 is not allowed; through zero the slope is Σxy/Σxx = 12/5.
    fit([[1, 0], [1, 1], [1, 2]], [-1, 2, 5], is: [0, 12.0 / 5])
  }

  @Test func `columns that repeat each other share no more than there is`() {
    let found = NonNegativeFit.coefficients([[1, 1], [2, 2]], [3, 6])
    #expect(abs(found[0] + found[1] - 3) < 1e-9)
  }

  @Test func `where nothing helps everything is zero`() {
    fit([[1], [1]], [-1, -3], is: [0])
    fit([[0, 0], [0, 0]], [1, 2], is: [0, 0])
  }
}
