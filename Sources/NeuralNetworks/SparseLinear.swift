public import Tensors

/// `x · weight (+ features · featureWeight) + bias` over sparse rows and optional dense features.
///
/// Weight `[columns, outputs]`, feature weight `[features, outputs]`, bias `[outputs]`.
public struct SparseLinear: Hashable, Sendable {
  /// The name its parameters begin with.
  public let name: String
  /// The columns of the sparse input.
  public let columns: Int
  /// The width of the dense features beside it; 0 for none.
  public let features: Int
  /// The width of the output.
  public let outputs: Int

  /// Describes a layer; the weights live in `Parameters`.
  public init(_ name: String, columns: Int, features: Int = 0, outputs: Int) {
    self.name = name
    self.columns = columns
    self.features = features
    self.outputs = outputs
  }

  /// Adds random weights.
  ///
  /// - Parameter squaredLength: the mean squared length of the sparse rows. Then the weights follow
  ///   He et al. (2015) with that length as the fan-in, so that the outputs have a variance of 2
  ///   whatever the number of empty columns; nil draws from `±1/√inputs`, as for dense rows.
  public func initialize(
    _ parameters: inout Parameters, squaredLength: Double? = nil, using source: inout RandomSource
  ) {
    let bound = 1 / Float(max(1, columns + features)).squareRoot()
    let sparseBound =
      squaredLength.map { $0 > 0 ? Float((6 / $0).squareRoot()) : bound } ?? bound
    parameters.add(
      "\(name).weight", .uniform([columns, outputs], within: sparseBound, using: &source))
    if features > 0 {
      parameters.add(
        "\(name).feature_weight", .uniform([features, outputs], within: bound, using: &source))
    }
    parameters.add("\(name).bias", .uniform([outputs], within: bound, using: &source))
  }

  /// The layer's output, shape `[rows, outputs]`.
  public func callAsFunction(_ x: FeatureRows, in pass: inout ForwardPass) -> Value {
    precondition(x.sparse.columns == columns, "\(x.sparse.columns) columns for \(columns)")
    precondition(x.featureCount == features, "\(x.featureCount) features for \(features)")
    var sum = pass.graph.apply(.sparseProduct(x.sparse), pass["\(name).weight"])
    if let dense = x.dense, features > 0 {
      let part = pass.graph.apply(
        .matrixProduct(), pass.graph.constant(dense), pass["\(name).feature_weight"])
      sum = pass.graph.apply(.add, sum, part)
    }
    return pass.graph.apply(.addBias, sum, pass["\(name).bias"])
  }
}
