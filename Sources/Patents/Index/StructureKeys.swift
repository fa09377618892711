public import Provenance

/// What decides that two structures have the same connectivity.
public enum ConnectivityRule: String, Codable, CaseIterable, Hashable, Sendable {
  /// The first block of the standard InChIKey: without stereo, isotopes and the place of mobile
  /// hydrogens. InChI is made on one thread only.
  case inchiKey = "inchi"
  /// The canonical SMILES without stereo and isotopes: tautomers stay apart. Several times faster.
  case flatSMILES = "smiles"
}

/// What two structures are compared by.
public struct StructureKeys: Hashable, Sendable {
  /// Stands for the standardised canonical SMILES.
  public let structure: ContentKey
  /// Stands for the whole standard InChIKey; for the SMILES where there is no InChI.
  public let identity: UInt64
  /// Stands for the connectivity by the corpus' ``ConnectivityRule``; where there is no InChI, for
  /// the SMILES without stereo and isotopes.
  public let connectivity: UInt64
  /// Stands for the Murcko scaffold; nil for a structure without rings.
  public let scaffold: UInt64?

  /// Creates keys.
  ///
  /// - Parameters:
  ///   - inchiKey: the standard InChIKey; nil where there is none.
  ///   - flatSMILES: the canonical SMILES without stereo and isotopes, used where there is no InChI.
  ///   - scaffold: the scaffold's SMILES; empty for a structure without rings.
  public init(smiles: String, inchiKey: String?, flatSMILES: String, scaffold: String) {
    structure = ContentKey(of: smiles)
    if let inchiKey {
      identity = ContentKey(of: "inchikey:\(inchiKey)").high
      connectivity = ContentKey(of: "block:\(inchiKey.prefix(14))").high
    } else {
      identity = structure.high
      connectivity = ContentKey(of: "flat:\(flatSMILES)").high
    }
    self.scaffold = scaffold.isEmpty ? nil : ContentKey(of: "scaffold:\(scaffold)").high
  }

  init(structure: ContentKey, identity: UInt64, connectivity: UInt64, scaffold: UInt64?) {
    self.structure = structure
    self.identity = identity
    self.connectivity = connectivity
    self.scaffold = scaffold
  }

  /// A SMILES without marks of stereo and isotopes, to be made canonical again.
  public static func flat(_ smiles: String) -> String {
    var text: [UInt8] = []
    var opened = false
    for byte in smiles.utf8 {
      // `/`, `\`, `@`; and the digits right behind a bracket, which are the isotope.
      if byte == 0x2F || byte == 0x5C || byte == 0x40 { continue }
      if opened, (0x30...0x39).contains(byte) { continue }
      opened = byte == 0x5B
      text.append(byte)
    }
    return String(decoding: text, as: UTF8.self)
  }
}
