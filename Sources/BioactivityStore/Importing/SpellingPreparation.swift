import Molecules

/// From a structure as a source writes it to its standard form.
///
/// The steps are those of `osong train` and of libraries, so a compound that is exported here and
/// trained there is the same text.
enum SpellingPreparation {
  /// The standard form: canonical SMILES and the key of its InChI.
  struct Standard: Sendable {
    let smiles: String
    let inchiKey: String
  }

  static func standard(_ text: String) -> Result<Standard, ActivityRefusal> {
    do throws(MoleculeError) {
      let structure = try Structure(parsing: text)
      if text.contains("."), let names = try mixture(structure) {
        return .failure(ActivityRefusal(.mixture, names))
      }
      let standard = try structure.standardized(by: .default)
      return .success(
        Standard(smiles: try standard.canonicalSMILES, inchiKey: try standard.inchiKey()))
    } catch {
      return .failure(ActivityRefusal(.unreadableStructure, error.description))
    }
  }

  // Tosylate has 11 heavy atoms, citrate 13: what is larger, and at least half the largest part, is
  // not a counter-ion but a second compound, and nobody knows which of the two acts.
  private static let smallestPartner = 15

  private static func mixture(_ structure: borrowing Structure) throws(MoleculeError) -> String? {
    var sizes: [String: Int] = [:]
    // The canonical text has no extensions, and equal parts are equal texts.
    for part in try structure.canonicalSMILES.split(separator: ".") where sizes[String(part)] == nil
    {
      // Ring bonds may be drawn across the dot; such a text is one part for us.
      guard let read = try? Structure(parsing: String(part)) else { return nil }
      sizes[String(part)] = read.heavyAtomCount
    }
    let ordered = sizes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    guard ordered.count > 1, ordered[1].value >= smallestPartner,
      2 * ordered[1].value >= ordered[0].value
    else { return nil }
    return "\(ordered[0].value) and \(ordered[1].value) heavy atoms"
  }
}
