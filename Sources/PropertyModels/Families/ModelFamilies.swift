/// Every family there is.
public enum ModelFamilies {
  /// The families, simplest first.
  public static let all: [any ModelFamily.Type] = [
    Dummy.self, NearestNeighbours.self, KernelRidge.self, GaussianProcess.self, RandomForest.self,
    GradientBoostedTrees.self, FingerprintNetwork.self, MessagePassing.self, StackedEnsemble.self,
    BoundImputation.self,
  ]

  /// The family with a name.
  public static func named(_ name: String) -> (any ModelFamily.Type)? {
    all.first { $0.name == name }
  }
}
