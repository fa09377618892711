import Entities
import Featurization
import Molecules
import Patents
import Records

/// How structures of a corpus, and those looked for in it, come to be compared: by one path.
struct StructureStandards: Sendable {
  let preparation: CompoundPreparation
  let rule: ConnectivityRule

  /// A structure and its keys after standardisation.
  struct Standard {
    let smiles: String
    /// Its InChIKey where the rule asks for it and there is one.
    let inchiKey: String?
    let keys: StructureKeys
  }

  /// Standardises a structure, or says why it cannot be used.
  func standard(_ text: StructureText) throws(Refusal) -> Standard {
    let compound = try preparation.compound(from: text)
    let key = rule == .inchiKey ? try? compound.structure.inchiKey() : nil
    let flat = key == nil ? self.flat(compound.smiles) : ""
    let scaffold = (try? compound.structure.scaffoldSMILES()) ?? ""
    return Standard(
      smiles: compound.smiles, inchiKey: key,
      keys: StructureKeys(
        smiles: compound.smiles, inchiKey: key, flatSMILES: flat, scaffold: scaffold))
  }

  /// The canonical SMILES without stereo and isotopes; the marks cut out where it is no molecule.
  private func flat(_ smiles: String) -> String {
    let bare = StructureKeys.flat(smiles)
    return (try? Structure(parsing: bare, limits: preparation.limits).canonicalSMILES) ?? bare
  }
}
