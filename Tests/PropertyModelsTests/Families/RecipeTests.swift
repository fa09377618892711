import Featurization
import Foundation
import Molecules
import PropertyModels
import Provenance
import Testing

@Suite struct RecipeTests {
  @Test func `an unknown family is named with those there are`() {
    let json = Data(#"{"family": "oracle", "settings": {}}"#.utf8)
    #expect {
      try StableJSON.decode(ModelRecipe.self, from: json)
    } throws: { error in
      guard case DecodingError.dataCorrupted(let context) = error else { return false }
      return context.debugDescription.contains("oracle")
        && context.debugDescription.contains("gaussian-process")
    }
  }

  @Test func `every family has a name of its own`() {
    let names = ModelFamilies.all.map { $0.name }
    #expect(Set(names).count == names.count)
    for name in names { #expect(ModelFamilies.named(name)?.name == name) }
    #expect(ModelFamilies.named("oracle") == nil)
  }

  @Test(
    "settings that make no sense are refused before any work",
    arguments: [
      ModelRecipe(NearestNeighbours(neighbours: 0)),
      ModelRecipe(NearestNeighbours(sharpness: -1)),
      ModelRecipe(KernelRidge(ridge: 0)),
      ModelRecipe(GaussianProcess(exactRows: 1_000_000)),
      ModelRecipe(GaussianProcess(inducingRows: 0)),
      ModelRecipe(RandomForest(plan: .forest(trees: 0))),
      ModelRecipe(RandomForest(plan: .steady)),
      ModelRecipe(GradientBoostedTrees(members: 0)),
      ModelRecipe(FingerprintNetwork(hidden: [])),
      ModelRecipe(FingerprintNetwork(members: 0)),
      ModelRecipe(MessagePassing(hidden: 0)),
      ModelRecipe(MessagePassing(depth: -1)),
      ModelRecipe(
        NearestNeighbours(
          features: FeatureRecipe(blocks: [FeatureBlock(.atomPair(bits: 0), .binary)]))),
      ModelRecipe(
        KernelRidge(
          features: CompoundFeatures(
            fingerprints: FeatureRecipe(blocks: [
              FeatureBlock(.morgan(radius: -1, bits: 64), .binary)
            ])))),
    ])
  func refused(recipe: ModelRecipe) throws {
    let examples = try SmallExamples(count: 20).regression
    #expect {
      try recipe.train(on: examples, in: TrainingContext())
    } throws: { error in
      guard case FittingError.settings(recipe.name, _) = error else { return false }
      return true
    }
  }
}
