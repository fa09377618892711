import Featurization
import PropertyModels
import TestSupport

extension MadeUpPairs {
  /// The pairs as towers read them.
  func table() throws -> AffinityTable {
    AffinityTable(
      compounds: CompoundTable(smiles: smiles),
      proteins: try chains.map { try ProteinSequence($0) },
      entries: values.map { .init(compound: $0.compound, protein: $0.protein, value: $0.value) })
  }

  /// Networks that learn them in seconds.
  static var settings: AffinityModel.Settings {
    var settings = AffinityModel.Settings()
    (settings.tower, settings.embedding, settings.head) = (32, 16, [32])
    (settings.epochs, settings.batch) = (8, 32)
    return settings
  }
}
