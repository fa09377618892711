import LinearAlgebra
import Parallelism

/// A Gaussian process whose compounds are seen through a few of them.
///
/// The fully independent training conditional of Snelson & Ghahramani (NIPS 2006): subset of
/// regressors with each compound's own rest of variance as noise. Memory is that of the few.
struct InducingSolution {
  /// The weight of each inducing compound.
  let weights: [Double]
  /// K⁻¹ − A⁻¹ of the inducing compounds: how much their labels take away from a variance.
  let gain: Matrix<Double>

  /// Solves for the labels.
  /// - Complexity: O(compounds × inducing²)
  init(
    _ labels: ProcessLabels, _ index: SimilarityIndex, _ points: [SimilarityRow],
    _ parameters: KernelParameters, _ context: TrainingContext
  ) throws {
    let m = points.count
    var kernel = index.kernel(points, weights: parameters.variances, using: context.pool)
    // Inducing compounds that are alike would make the matrix singular.
    for i in 0..<m { kernel[i, i] += 1e-4 * parameters.variance }
    let inverse = try CholeskyFactor(of: kernel).solve(.identity(m))
    var system = kernel.elements
    var right = [Double](repeating: 0, count: m)
    let step = 512
    for start in stride(from: 0, to: labels.rows.count, by: step) {
      try context.check()
      let range = start..<min(labels.rows.count, start + step)
      let part = index.kernel(
        Array(labels.rows[range]), weights: parameters.variances, using: context.pool)
      let through = part * inverse
      var scaled = part.elements
      for (place, row) in range.enumerated() {
        var seen = 0.0
        for j in 0..<m { seen += part[place, j] * through[place, j] }
        // What the inducing compounds do not see of this one is noise to them.
        let noise =
          labels.noiseScales[row] * parameters.noise + max(0, parameters.variance - seen)
        let target = (labels.targets[row] - parameters.mean) / noise
        for j in 0..<m {
          right[j] += part[place, j] * target
          scaled[place * m + j] /= noise
        }
      }
      let shape = ProductShape(rows: m, columns: m, inner: range.count)
      var span = system.mutableSpan
      multiply(
        part.elements.span, .transposed, by: scaled.span, .plain, shape: shape, keeping: 1,
        into: &span)
    }
    let factor = try CholeskyFactor(of: Matrix(rows: m, columns: m, elements: system))
    weights = factor.solve(right)
    let after = factor.solve(.identity(m))
    // As it will be read again.
    gain = Matrix(
      rows: m, columns: m,
      elements: DoublePrecision.kept(zip(inverse.elements, after.elements).map { $0 - $1 }))
  }
}
