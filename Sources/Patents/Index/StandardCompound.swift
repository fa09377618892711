import Provenance

/// A structure of the corpus after standardisation, and what it is compared by.
public struct StandardCompound: Hashable, Sendable {
  /// The standardised canonical SMILES.
  public let smiles: String
  /// The corpus' identifier; nil where it gives none.
  public let id: String?
  /// What names it where the corpus does not: its InChIKey.
  public let ownName: String
  /// What stands for it, its connectivity and its scaffold.
  public let keys: StructureKeys

  /// Creates a compound.
  public init(smiles: String, id: String?, ownName: String, keys: StructureKeys) {
    self.smiles = smiles
    self.id = id
    self.ownName = ownName
    self.keys = keys
  }

  /// The compound as bytes for a sort, and the key of the row it came from.
  func payload(raw: ContentKey) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(number: raw.high)
    bytes.append(number: raw.low)
    bytes.append(number: keys.identity)
    bytes.append(number: keys.connectivity)
    bytes.append(keys.scaffold == nil ? 0 : 1)
    bytes.append(number: keys.scaffold ?? 0)
    bytes.append(text: id ?? "")
    bytes.append(text: ownName)
    bytes.append(text: smiles)
    return bytes
  }

  static func read(_ record: KeyedRecord) -> (raw: ContentKey, compound: StandardCompound) {
    var cursor = ByteCursor(record.payload)
    let raw = ContentKey(high: cursor.number(UInt64.self), low: cursor.number(UInt64.self))
    let identity = cursor.number(UInt64.self)
    let connectivity = cursor.number(UInt64.self)
    let hasScaffold = cursor.number(UInt8.self) == 1
    let scaffold = cursor.number(UInt64.self)
    let id = cursor.text()
    let ownName = cursor.text()
    let keys = StructureKeys(
      structure: record.key, identity: identity, connectivity: connectivity,
      scaffold: hasScaffold ? scaffold : nil)
    return (
      raw,
      StandardCompound(
        smiles: cursor.text(), id: id.isEmpty ? nil : id, ownName: ownName, keys: keys)
    )
  }
}
