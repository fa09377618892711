import Foundation
import LinearAlgebra

/// How well a Gaussian process explains its labels, as a function of its variances.
///
/// Rasmussen & Williams: Gaussian processes for machine learning. 2006, eq. 2.30 and 5.9; the mean is
/// the one that explains the labels best for each choice of variances (generalised least squares).
struct MarginalLikelihood {
  /// The least noise: keeps the matrix definite where a compound stands there twice.
  static let leastNoise = 1e-4
  /// The width of the prior on the logarithms, about where the search starts.
  ///
  /// It is weak: it only keeps the variance of a useless block from running off to nothing.
  static let priorWidth = 3.0

  /// Each block's similarities, n × n.
  let blocks: [Matrix<Double>]
  let targets: [Double]
  /// The noise of each label, as a multiple.
  let noiseScales: [Double]

  /// The logarithms at which the search starts: half of the variance noise-free, shared alike.
  var start: [Double] {
    [Double](repeating: log(0.7 / Double(blocks.count)), count: blocks.count) + [log(0.3)]
  }

  /// The parameters at a place of the search.
  func parameters(at place: [Double], mean: Double) -> KernelParameters {
    KernelParameters(
      variances: place.dropLast().map(exp), noise: Self.leastNoise + exp(place[blocks.count]),
      mean: mean)
  }

  /// The process at a place; nil where its matrix is not definite.
  func solution(at place: [Double]) -> ProcessSolution? {
    let parameters = parameters(at: place, mean: 0)
    var sum = [Double](repeating: 0, count: targets.count * targets.count)
    for (block, variance) in zip(blocks, parameters.variances) {
      let elements = block.elements
      for i in sum.indices { sum[i] += variance * elements[i] }
    }
    return try? ProcessSolution(
      kernel: Matrix(rows: targets.count, columns: targets.count, elements: sum),
      targets: targets, noise: noiseScales.map { $0 * parameters.noise })
  }

  /// The negative logarithm of the likelihood and of the prior, and the gradient.
  /// - Complexity: O(n³ + blocks × n²)
  func negative(at place: [Double]) -> (value: Double, gradient: [Double])? {
    guard let solution = solution(at: place) else { return nil }
    let n = targets.count
    let weights = solution.weights
    let inverse = solution.inverse.elements
    var gradient: [Double] = []
    for (block, logarithm) in zip(blocks, place) {
      var sum = 0.0
      let elements = block.elements
      for i in 0..<n {
        var row = 0.0
        let weight = weights[i]
        for j in 0..<n {
          row += (weight * weights[j] - inverse[i * n + j]) * elements[i * n + j]
        }
        sum += row
      }
      gradient.append(-exp(logarithm) * sum / 2)
    }
    var sum = 0.0
    for i in 0..<n {
      sum += (weights[i] * weights[i] - inverse[i * n + i]) * noiseScales[i]
    }
    gradient.append(-exp(place[blocks.count]) * sum / 2)
    var value = -solution.logLikelihood
    for (index, (x, origin)) in zip(place, start).enumerated() {
      let away = (x - origin) / Self.priorWidth
      value += away * away / 2
      gradient[index] += away / Self.priorWidth
    }
    return (value, gradient)
  }
}

/// A Gaussian process after it saw its labels.
struct ProcessSolution {
  /// The mean that explains the labels best.
  let mean: Double
  /// K⁻¹ (y − mean), the weight of each compound.
  let weights: [Double]
  /// K⁻¹, of the kernel with its noise.
  let inverse: Matrix<Double>
  /// The logarithm of the labels' density.
  let logLikelihood: Double

  /// Solves for the labels.
  /// - Complexity: O(n³)
  init(
    kernel: Matrix<Double>, targets: [Double], noise: [Double]
  ) throws(LinearAlgebraError) {
    let n = targets.count
    var kernel = kernel
    for i in 0..<n { kernel[i, i] += noise[i] }
    let factor = try CholeskyFactor(of: kernel)
    inverse = factor.solve(.identity(n))
    var (ones, sum) = (0.0, 0.0)
    var inverseTargets = [Double](repeating: 0, count: n)
    var inverseOnes = inverseTargets
    for i in 0..<n {
      let row = inverse.row(i)
      var (x, y) = (0.0, 0.0)
      for (j, element) in zip(0..<n, row) {
        x += element * targets[j]
        y += element
      }
      inverseTargets[i] = x
      inverseOnes[i] = y
      ones += y
      sum += x
    }
    let mean = sum / ones
    self.mean = mean
    let weights = zip(inverseTargets, inverseOnes).map { $0 - mean * $1 }
    self.weights = weights
    let fit = zip(targets, weights).reduce(0) { $0 + ($1.0 - mean) * $1.1 }
    logLikelihood =
      -(fit + factor.logDeterminant + Double(n) * log(2 * .pi)) / 2
    guard mean.isFinite, logLikelihood.isFinite else { throw .notFinite }
  }

  /// What the process without a label says of it, noise included.
  ///
  /// Rasmussen & Williams, eq. 5.12.
  func leaveOneOut(_ targets: [Double]) -> [(mean: Double, variance: Double)] {
    targets.indices.map { i in
      let own = inverse[i, i]
      return (targets[i] - weights[i] / own, 1 / own)
    }
  }
}
