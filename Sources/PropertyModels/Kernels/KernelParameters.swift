/// What a Gaussian process believes before it sees a compound: on the learnt scale, z = m + f + ε.
struct KernelParameters: Codable, Hashable {
  /// The variance of f that each part of the features stands for.
  var variances: [Double]
  /// The variance of ε of a label of weight 1.
  var noise: Double
  /// m.
  var mean: Double

  /// The variance of f.
  var variance: Double { variances.reduce(0, +) }

  /// Whether parameters that were read can be computed with.
  func areUsable(parts: Int) -> Bool {
    variances.count == parts && variances.allSatisfy { $0 >= 0 && $0.isFinite } && variance > 0
      && noise > 0 && noise.isFinite && mean.isFinite
  }
}
