public import Entities

/// The text of a structure, as the file holds it.
public enum StructureText: Hashable, Sendable {
  /// A SMILES, white space around it removed.
  case smiles(String)
  /// An MDL mol block, V2000 or V3000, with line ends `\n`.
  case molBlock(String)
}

/// One readable record of a compound file.
public struct CompoundRecord: Hashable, Sendable {
  /// A field that the reader's header does not list.
  public struct ExtraField: Hashable, Sendable {
    /// The property's name.
    public let name: String
    /// The property's value.
    public let value: String
  }

  /// The line where the record begins, counted from 1.
  public let line: Int
  /// The place of the record among all records of the file, refused ones too, counted from 1.
  public let row: Int
  /// The identifier; `row-N` when the record carries none.
  public let id: String
  /// The structure, not yet parsed.
  public let structure: StructureText
  /// The values of all columns, in the order of the reader's header.
  public let fields: [String]
  /// The properties of an SDF record that the header does not list; empty for other formats.
  public let extraFields: [ExtraField]

  /// Creates a record.
  public init(
    line: Int, row: Int, id: String, structure: StructureText, fields: [String],
    extraFields: [ExtraField] = []
  ) {
    self.line = line
    self.row = row
    self.id = id
    self.structure = structure
    self.fields = fields
    self.extraFields = extraFields
  }
}

/// What a reader finds at the place of a record.
public enum ReadRecord: Hashable, Sendable {
  /// A readable record.
  case record(CompoundRecord)
  /// A refused one, with the fields that could be read: empty when there were none, and of another
  /// count than the header when the row is ragged.
  case refused(RefusedRecord, fields: [String])
}
