import Featurization
import Foundation
import LinearAlgebra
import Molecules
import Parallelism
import Statistics
import Testing

@testable import PropertyModels

/// Made-up rows and labels, the same as in `Tests/References/gaussian_process.py`, which printed the numbers below.
private struct MadeUpProcess {
  static let features = FeatureRecipe(blocks: [
    FeatureBlock(.morgan(radius: 2, bits: 64), .logCount),
    FeatureBlock(.atomPair(bits: 64), .logCount),
  ])
  let train = Self.rows(from: 0, 16)
  let test = Self.rows(from: 100, 4)
  let targets = (0..<16).map { sin(Double($0)) + 0.3 * cos(3 * Double($0)) }
  let noiseScales = (0..<16).map { 1 + Double($0 % 3) / 2 }
  let pool = WorkerPool(threads: 1)

  static func rows(from first: Int, _ count: Int) -> [SimilarityRow] {
    (first..<first + count).map { i in
      var row = FeatureRow()
      for c in 0..<128 where (i * 5 + c * 3 + (i * c) % 7) % 4 == 0 {
        row.columns.append(Int32(c))
        row.values.append(Float(log2(Double(2 + (i + c) % 3))))
      }
      return SimilarityRow(sparse: row)
    }
  }

  var index: SimilarityIndex { SimilarityIndex(train, SimilarityLayout(Self.features)) }

  func kernel(_ weights: [Double]) -> Matrix<Double> {
    index.kernel(train, weights: weights, using: pool)
  }

  var likelihood: MarginalLikelihood {
    MarginalLikelihood(
      blocks: [kernel([1, 0]), kernel([0, 1])], targets: targets, noiseScales: noiseScales)
  }
}

private func isClose(_ x: Double, _ y: Double, _ tolerance: Double = 1e-9) -> Bool {
  abs(x - y) <= tolerance * max(1, abs(y))
}

@Suite struct KernelReferenceTests {
  private let made = MadeUpProcess()
  private let place = [log(0.8), log(0.3), log(0.2)]

  @Test func `similarities are Σ min over Σ max`() {
    let first = made.kernel([1, 0])
    #expect(isClose(first[0, 1], 0.05974766344456124))
    #expect(first[0, 1] == first[1, 0] && first[3, 3] == 1)
    let cross = made.index.kernel(made.test, weights: [0, 1], using: made.pool)
    #expect(isClose(cross[2, 3], 0.2632799565554753))
  }

  @Test func `compounds without any feature are alike`() {
    let none = SimilarityRow(sparse: FeatureRow())
    let rows = [none, none, made.train[0]]
    let kernel = SimilarityIndex(rows, SimilarityLayout(MadeUpProcess.features)).kernel(
      rows, weights: [1, 0], using: made.pool)
    #expect(kernel[0, 1] == 1 && kernel[0, 0] == 1 && kernel[0, 2] == 0)
  }

  @Test func `the likelihood and its gradient are NumPy's`() throws {
    let likelihood = made.likelihood
    let solution = try #require(likelihood.solution(at: place))
    #expect(isClose(solution.logLikelihood, -20.40785062077572))
    #expect(isClose(solution.mean, 0.14475224974825324))
    let (value, gradient) = try #require(likelihood.negative(at: place))
    #expect(isClose(value, 20.4562707235172))
    for (mine, theirs) in zip(gradient, [2.784309476311364, 1.0085121910918815, 0.71424793190999]) {
      #expect(isClose(mine, theirs, 1e-7))
    }
  }

  @Test func `the best variances are those SciPy finds`() throws {
    let likelihood = made.likelihood
    let best = try #require(
      LimitedMemoryBFGS(tolerance: 1e-6).minimum(from: likelihood.start) {
        likelihood.negative(at: $0)
      })
    #expect(isClose(best.value, 16.855838031053114))
    for (mine, theirs) in zip(best.place, [0.0418614678, 0.0402269485, 0.2812797721]) {
      #expect(isClose(exp(mine), theirs, 1e-5))
    }
  }

  @Test func `predictions, their variances and what is said of left-out labels are NumPy's`() throws
  {
    let parameters = made.likelihood.parameters(at: place, mean: 0)
    let solution = try ProcessSolution(
      kernel: made.kernel(parameters.variances), targets: made.targets,
      noise: made.noiseScales.map { $0 * parameters.noise })
    let process = KernelProcess(
      parameters: made.likelihood.parameters(at: place, mean: solution.mean), rows: made.train,
      index: made.index, weights: solution.weights,
      doubt: .exact(noiseScales: made.noiseScales), inverse: nil)
    let predictions = try process.predictions(for: made.test, using: made.pool)
    let means = [-0.04827477579800077, 0.385679048549632, 0.3511248171644681, 0.45202938634147044]
    let variances = [1.2006254058414643, 1.1737625713652498, 1.125493327059351, 1.144643681481433]
    for (row, prediction) in predictions.enumerated() {
      #expect(isClose(prediction.mean, means[row]))
      #expect(isClose(try #require(prediction.variance), variances[row]))
    }
    let left = solution.leaveOneOut(made.targets)
    #expect(isClose(left[0].mean, 0.009531929477726436))
    #expect(isClose(left[1].mean, -0.177104463533526))
    #expect(isClose(left[2].variance, 1.3237496616660913))
  }

  @Test func `kernel ridge regression is scikit-learn's`() throws {
    var kernel = made.kernel([0.5, 0.5])
    for row in 0..<16 { kernel[row, row] += 0.3 }
    let process = KernelProcess(
      parameters: KernelParameters(variances: [0.5, 0.5], noise: 0.3, mean: 0), rows: made.train,
      index: made.index, weights: try CholeskyFactor(of: kernel).solve(made.targets),
      doubt: .none, inverse: nil)
    let expected = [
      -0.1362375209052541, 0.30693493564464003, 0.3049178063398963, 0.37742570928156305,
    ]
    for (prediction, value) in zip(
      try process.predictions(for: made.test, using: made.pool), expected)
    {
      #expect(isClose(prediction.mean, value))
      #expect(prediction.variance == nil)
    }
  }

  @Test func `with every compound inducing, the sparse process is the exact one`() throws {
    let parameters = made.likelihood.parameters(at: place, mean: 0.1)
    let labels = ProcessLabels(
      rows: made.train, targets: made.targets, noiseScales: made.noiseScales)
    let sparse = try InducingSolution(
      labels, made.index, made.train, parameters, TrainingContext())
    var kernel = made.kernel(parameters.variances)
    for row in 0..<16 { kernel[row, row] += made.noiseScales[row] * parameters.noise }
    let exact = try CholeskyFactor(of: kernel).solve(made.targets.map { $0 - 0.1 })
    func predictions(
      _ weights: [Double], _ doubt: KernelProcess.Doubt
    ) throws -> [(mean: Double, variance: Double?)] {
      try KernelProcess(
        parameters: parameters, rows: made.train, index: made.index, weights: weights,
        doubt: doubt, inverse: nil
      ).predictions(for: made.test, using: made.pool)
    }
    let pairs = zip(
      try predictions(sparse.weights, .inducing(gain: sparse.gain)),
      try predictions(exact, .exact(noiseScales: made.noiseScales)))
    // Not the same: the sparse one's matrix is kept from being singular by a ten-thousandth.
    for (one, other) in pairs {
      #expect(abs(one.mean - other.mean) < 1e-3)
      #expect(abs(try #require(one.variance) - (try #require(other.variance))) < 1e-3)
    }
  }

  @Test func `a probability follows the process's sign and its doubt`() {
    var labels: [LeftOut] = []
    for row in 0..<40 {
      let target: Double = row % 2 == 0 ? 1 : -1
      labels.append(
        LeftOut(mean: target * 0.5 + 0.3 * sin(Double(row)), variance: 0.4, target: target))
    }
    let squash = ProcessSquash(fitting: labels)
    #expect(squash.probability(mean: 0.8, variance: 0.4) > 0.8)
    #expect(squash.probability(mean: -0.8, variance: 0.4) < 0.2)
    #expect(
      squash.probability(mean: 0.8, variance: 9) < squash.probability(mean: 0.8, variance: 0.4))
    #expect((0...1e-3).contains(squash.probability(mean: -1e4, variance: 0)))
  }
}
