import Featurization
import NeuralNetworks

/// The families by the short names of the command line, each with settings that do well on many
/// sets.
///
/// Chosen on validation folds (`Benchmarks/results/tdc-choice.json`), never on a test set.
public enum StandardModel: String, CaseIterable, Codable, Hashable, Sendable {
  /// A constant.
  case dummy
  /// The most similar compounds.
  case knn
  /// Kernel ridge regression.
  case kernelRidge = "kernel-ridge"
  /// A Gaussian process.
  case gaussianProcess = "gaussian-process"
  /// A random forest.
  case forest
  /// Boosted trees.
  case trees
  /// Networks on fingerprints.
  case network
  /// Message-passing networks on the graph.
  case messagePassing = "message-passing"
  /// A process, trees and networks, each counting what it is worth on unseen compounds.
  case stack

  /// What may be changed about the standard settings.
  public struct Settings: Hashable, Sendable {
    /// What is read of a compound; families on graphs read the dense part alone.
    public var features: CompoundFeatures
    /// How many networks are averaged; nil for the family's own number.
    public var networks: Int?
    /// How often networks see all rows; nil for the family's own number.
    public var epochs: Int?
    /// The widths of the hidden layers of networks on fingerprints.
    public var hidden: [Int]

    /// The standard, or changes of it.
    public init(
      features: CompoundFeatures = .standard, networks: Int? = nil, epochs: Int? = nil,
      hidden: [Int] = [512, 256]
    ) {
      self.features = features
      self.networks = networks
      self.epochs = epochs
      self.hidden = hidden
    }
  }

  /// What to train.
  public func recipe(_ settings: Settings = Settings()) -> ModelRecipe {
    let features = settings.features
    switch self {
    case .dummy: return ModelRecipe(Dummy())
    case .knn: return ModelRecipe(NearestNeighbours(features: features.fingerprints))
    case .kernelRidge: return ModelRecipe(KernelRidge(features: features))
    case .gaussianProcess:
      return ModelRecipe(
        GaussianProcess(features: features, exactRows: 4_000, inducingRows: 1_500))
    case .forest: return ModelRecipe(RandomForest(features: features))
    case .trees: return ModelRecipe(GradientBoostedTrees(features: features))
    case .network:
      var family = FingerprintNetwork(
        features: features.fingerprints, dense: features.dense, hidden: settings.hidden,
        members: settings.networks ?? 5)
      if let epochs = settings.epochs { family.plan.epochs = epochs }
      return ModelRecipe(family)
    case .messagePassing:
      var family = MessagePassing(
        dense: features.dense.filter { $0 == .properties }, members: settings.networks ?? 1)
      if let epochs = settings.epochs { family.plan = .chemprop(epochs: epochs) }
      return ModelRecipe(family)
    case .stack:
      return ModelRecipe(
        StackedEnsemble(
          [Self.gaussianProcess, .trees, .network].map { $0.recipe(settings.asMember) }))
    }
  }

  /// What to train for several names: the mean of their answers.
  public static func recipe(
    of models: [StandardModel], _ settings: Settings = Settings()
  ) -> ModelRecipe {
    if models.count < 2 { return (models.first ?? .network).recipe(settings) }
    return ModelRecipe(
      StackedEnsemble(models.map { $0.recipe(settings.asMember) }, weighting: .equal))
  }
}

extension StandardModel.Settings {
  /// Beside other families two networks do.
  fileprivate var asMember: Self {
    var settings = self
    settings.networks = networks ?? 2
    return settings
  }
}

extension CompoundFeatures {
  /// Four count fingerprints, the reduced graph and properties.
  public static let standard = CompoundFeatures(
    fingerprints: .fourCounts, dense: [.reducedGraph, .properties])
}
