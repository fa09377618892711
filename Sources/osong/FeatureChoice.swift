import ArgumentParser
import Featurization

/// What the networks may see, by name.
enum FeatureChoice: String, ExpressibleByArgument, CaseIterable {
  case fourCounts = "four-counts"
  case ecfp4

  var recipe: FeatureRecipe {
    switch self {
    case .fourCounts: .fourCounts
    case .ecfp4: .ecfp4
    }
  }
}
