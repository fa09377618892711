import LinearAlgebra
import Parallelism
import Synchronization
import Tensors

/// A solved process: compounds with weights, and what is needed to say how sure it is.
struct KernelProcess: Sendable {
  static let file = "process.safetensors"
  static let parametersFile = "process.json"
  /// Compounds that are asked together.
  ///
  /// Products are always of this many rows, so that an answer has the same bits in any company.
  static let blockRows = 64

  /// Where the certainty comes from.
  enum Doubt: Sendable {
    /// From all compounds; K⁻¹ follows from them.
    case exact(noiseScales: [Double])
    /// From a few compounds: K⁻¹ − A⁻¹.
    case inducing(gain: Matrix<Double>)
    /// It has none: kernel ridge regression.
    case none
  }

  let parameters: KernelParameters
  let rows: [SimilarityRow]
  let index: SimilarityIndex
  let weights: [Double]
  let doubt: Doubt
  private let gain: LazyGain

  init(
    parameters: KernelParameters, rows: [SimilarityRow], index: SimilarityIndex, weights: [Double],
    doubt: Doubt, inverse: Matrix<Double>?
  ) {
    self.parameters = parameters
    self.rows = rows
    self.index = index
    self.weights = weights
    self.doubt = doubt
    gain = LazyGain(inverse)
  }

  /// The mean and the variance of labels of weight 1, noise included; no variance without doubt.
  func predictions(
    for queries: [SimilarityRow], using pool: WorkerPool
  ) throws(LinearAlgebraError) -> [(mean: Double, variance: Double?)] {
    let gain = try self.gain(using: pool)
    let size = Self.blockRows
    let blocks = pool.map((queries.count + size - 1) / size) { block in
      answers(Array(queries[(block * size)..<min(queries.count, (block + 1) * size)]), gain)
    }
    return Array(blocks.joined())
  }

  private func answers(
    _ queries: [SimilarityRow], _ gain: Matrix<Double>?
  ) -> [(mean: Double, variance: Double?)] {
    let n = rows.count
    var similarities: [Double] = []
    similarities.reserveCapacity(Self.blockRows * n)
    for query in queries {
      similarities += index.similarities(of: query, weights: parameters.variances)
    }
    var products: [Double]?
    if let gain {
      similarities += [Double](repeating: 0, count: (Self.blockRows - queries.count) * n)
      products =
        (Matrix(rows: Self.blockRows, columns: n, elements: similarities) * gain).elements
    }
    return queries.indices.map { query in
      var (mean, taken) = (parameters.mean, 0.0)
      for j in 0..<n {
        let similarity = similarities[query * n + j]
        mean += similarity * weights[j]
        if let products { taken += similarity * products[query * n + j] }
      }
      // Rounding may take a hair more than there is.
      let variance = max(0, parameters.variance - taken) + parameters.noise
      return (mean, products == nil ? nil : variance)
    }
  }

  private func gain(using pool: WorkerPool) throws(LinearAlgebraError) -> Matrix<Double>? {
    switch doubt {
    case .none: return nil
    case .inducing(let gain): return gain
    case .exact(let noiseScales):
      return try gain.value { () throws(LinearAlgebraError) in
        var kernel = index.kernel(rows, weights: parameters.variances, using: pool)
        for i in rows.indices { kernel[i, i] += noiseScales[i] * parameters.noise }
        return try CholeskyFactor(of: kernel).solve(.identity(rows.count))
      }
    }
  }

  /// K⁻¹ of a model that was read: made when it is first needed, the same as when it was trained.
  private final class LazyGain: Sendable {
    private let known: Mutex<Matrix<Double>?>

    init(_ matrix: Matrix<Double>?) { known = Mutex(matrix) }

    func value(
      _ make: () throws(LinearAlgebraError) -> Matrix<Double>
    ) throws(LinearAlgebraError) -> Matrix<Double> {
      try known.withLock { (known) throws(LinearAlgebraError) in
        if let known { return known }
        let made = try make()
        known = made
        return made
      }
    }
  }
}
