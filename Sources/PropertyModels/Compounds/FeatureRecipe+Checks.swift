import Featurization
import Fingerprints
import Molecules

extension FeatureRecipe {
  /// What is wrong with a recipe that was read from a file; nil for nothing.
  var flaw: String? {
    guard (1...64).contains(blocks.count) else { return "\(blocks.count) blocks of features" }
    for block in blocks {
      guard (1...Fingerprint.maximumBitCount).contains(block.algorithm.bitCount) else {
        return "a fingerprint of \(block.algorithm.bitCount) bits"
      }
      switch block.algorithm {
      case .morgan(let radius, _), .featureMorgan(let radius, _):
        guard (0...16).contains(radius) else { return "environments of radius \(radius)" }
      default: break
      }
    }
    return nil
  }
}
