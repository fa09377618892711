import Featurization
import Foundation
import GradientBoosting
import Molecules
import NeuralNetworks
import Statistics

/// Recipes worth trying, drawn by chance: what `--tune N` searches.
public enum RecipeSpace {
  /// `count` recipes; the first ones are the families' defaults, in turn.
  ///
  /// The same seed gives the same list, and a longer list begins with the shorter one.
  public static func candidates(_ count: Int, seed: UInt64) -> [ModelRecipe] {
    let defaults = [
      ModelRecipe(GaussianProcess()), ModelRecipe(GradientBoostedTrees()),
      ModelRecipe(FingerprintNetwork(members: 1)), ModelRecipe(RandomForest()),
      ModelRecipe(MessagePassing()),
    ]
    return (0..<count).map { place in
      if place < defaults.count { return defaults[place] }
      var generator = Xoshiro256(seed: SplitMix64.seed(seed, piece: place))
      switch generator.draw(below: 8) {
      case 0, 1, 2: return trees(&generator)
      case 3, 4: return process(&generator)
      case 5, 6: return network(&generator)
      default: return messages(&generator)
      }
    }
  }

  private static func features(_ generator: inout Xoshiro256) -> FeatureRecipe {
    let all: [FeatureBlock] = [
      FeatureBlock(.ecfp4, .logCount), FeatureBlock(.morgan(radius: 3, bits: 2_048), .logCount),
      FeatureBlock(.featureMorgan(radius: 2, bits: 2_048), .logCount),
      FeatureBlock(.atomPair(bits: 2_048), .logCount),
      FeatureBlock(.topologicalTorsion(bits: 2_048), .logCount),
      FeatureBlock(.rdkitPath(bits: 2_048), .binary), FeatureBlock(.maccs, .binary),
    ]
    let chosen = all.filter { _ in generator.drawUnit() < 0.5 }
    return chosen.isEmpty ? .fourCounts : FeatureRecipe(blocks: chosen)
  }

  private static func dense(_ generator: inout Xoshiro256) -> [DenseFeature] {
    DenseFeature.allCases.filter { _ in generator.drawUnit() < 0.5 }
  }

  private static func pick<Value>(_ values: [Value], _ generator: inout Xoshiro256) -> Value {
    values[generator.draw(below: values.count)]
  }

  /// A number between two, even on the logarithmic scale, to three digits.
  private static func scale(
    _ low: Double, _ high: Double, _ generator: inout Xoshiro256
  ) -> Double {
    let value = low * pow(high / low, generator.drawUnit())
    let digit = pow(10, (log10(value).rounded(.down) - 2))
    return (value / digit).rounded() * digit
  }

  private static func trees(_ generator: inout Xoshiro256) -> ModelRecipe {
    let features = CompoundFeatures(
      fingerprints: features(&generator), dense: dense(&generator))
    let rate = scale(0.02, 0.15, &generator)
    return ModelRecipe(
      GradientBoostedTrees(
        features: features,
        plan: BoostingPlan(
          rounds: Int((25 / rate).rounded()), learningRate: rate,
          depth: pick([4, 6, 8, 10], &generator), leafWeight: pick([1, 2, 4, 8], &generator),
          rowShare: pick([0.6, 0.8, 1], &generator),
          columnsPerTree: pick([0.15, 0.3, 0.6], &generator), ridge: pick([1, 3, 10], &generator))))
  }

  private static func process(_ generator: inout Xoshiro256) -> ModelRecipe {
    ModelRecipe(
      GaussianProcess(
        features: CompoundFeatures(
          fingerprints: features(&generator), dense: dense(&generator))))
  }

  private static func network(_ generator: inout Xoshiro256) -> ModelRecipe {
    ModelRecipe(
      FingerprintNetwork(
        features: features(&generator), dense: dense(&generator),
        hidden: pick([[256], [512], [512, 256], [1_024, 512]], &generator),
        activation: pick([.silu, .relu], &generator), dropout: pick([0, 0.2, 0.4], &generator),
        plan: TrainingPlan(
          epochs: pick([15, 25, 40], &generator), batchSize: pick([32, 64, 128], &generator),
          learningRate: scale(3e-4, 3e-3, &generator),
          schedule: .warmUpCosine(warmUp: 0.05, last: 0.01)), members: 1))
  }

  private static func messages(_ generator: inout Xoshiro256) -> ModelRecipe {
    ModelRecipe(
      MessagePassing(
        messages: pick([.bonds, .atoms], &generator), dense: dense(&generator),
        hidden: pick([200, 300, 500], &generator), depth: pick([2, 3, 4, 5], &generator),
        aggregation: pick([.mean, .norm(100), .sum], &generator),
        dropout: pick([0, 0.1, 0.2], &generator),
        plan: .chemprop(epochs: pick([30, 50, 80], &generator))))
  }
}
