import NeuralNetworks
import Tensors

/// Rows whose target is a simple function of their bits, which a network can learn.
func learnableRows(_ count: Int, seed: UInt64, columns: Int = 64, tasks: Int = 1)
  -> (FeatureRows, Targets)
{
  var source = RandomSource(seed: seed)
  var sets: [[Int]] = []
  var targets: [[Float?]] = []
  for _ in 0..<count {
    let set = (0..<columns).filter { _ in source.unit() < 0.2 }
    sets.append(set)
    let score = set.reduce(Float(0)) { $0 + ($1 % 4 == 0 ? 1 : $1 % 4 == 1 ? -1 : 0) } / 2
    targets.append(
      (0..<tasks).map { task in task == 0 ? score : source.unit() < 0.5 ? nil : -score })
  }
  return (FeatureRows(sparse: SparseRows(columns: columns, setColumns: sets)), Targets(targets))
}

extension FeatureRows {
  /// The same rows with a dense part beside them.
  func withDenseFeatures(_ width: Int) -> FeatureRows {
    var source = RandomSource(seed: 9)
    return FeatureRows(
      sparse: sparse, dense: .uniform([sparse.rows, width], within: 1, using: &source))
  }
}
