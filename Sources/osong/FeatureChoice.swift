public import ArgumentParser
import Featurization
public import PropertyModels

/// What models may see, by name.
enum FeatureChoice: String, ExpressibleByArgument, CaseIterable {
  case all
  case fourCounts = "four-counts"
  case ecfp4

  var features: CompoundFeatures {
    switch self {
    case .all: .standard
    case .fourCounts: CompoundFeatures(fingerprints: .fourCounts)
    case .ecfp4: CompoundFeatures(fingerprints: .ecfp4)
    }
  }
}

extension StandardModel: ExpressibleByArgument {}
