public import Entities
public import Molecules
public import Records

/// How a raw structure becomes a compound.
///
/// Training, prediction and library building all go through this one door, so that the same
/// molecule gets the same features wherever it comes from.
public struct CompoundPreparation: Codable, Hashable, Sendable {
  /// The steps of standardisation.
  public var standardizer: Standardizer
  /// The sizes beyond which a structure is refused.
  public var limits: StructureLimits

  /// Creates a preparation.
  public init(standardizer: Standardizer = .default, limits: StructureLimits = .default) {
    self.standardizer = standardizer
    self.limits = limits
  }

  /// Reads and standardises a structure, or says why it cannot be used.
  public func compound(from text: StructureText) throws(Refusal) -> PreparedStructure {
    do throws(MoleculeError) {
      return try PreparedStructure(reading: text, self)
    } catch { throw error.refusal }
  }
}

/// A standardised structure with its canonical SMILES.
public struct PreparedStructure: ~Copyable {
  /// The standardised structure.
  public let structure: Structure
  /// Its canonical SMILES.
  public let smiles: String

  init(reading text: StructureText, _ preparation: CompoundPreparation) throws(MoleculeError) {
    let standard = try Self.raw(text, preparation.limits)
      .standardized(by: preparation.standardizer)
    let canonical = try standard.canonicalSMILES
    structure = standard
    smiles = canonical
  }

  private static func raw(
    _ text: StructureText, _ limits: StructureLimits
  ) throws(MoleculeError) -> Structure {
    switch text {
    case .smiles(let smiles): try Structure(parsing: smiles, limits: limits)
    case .molBlock(let block): try Structure(molBlock: block, limits: limits)
    }
  }
}
