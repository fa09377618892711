/// A structure as a corpus gives it.
public struct CorpusCompound: Hashable, Sendable {
  /// What the rows of links name it by.
  public let key: String
  /// The corpus' identifier of it; nil where it gives none.
  public let id: String?
  /// The structure, not yet parsed.
  public let smiles: String
  /// The line its row begins at.
  public let line: Int

  /// Creates a compound.
  public init(key: String, id: String?, smiles: String, line: Int) {
    self.key = key
    self.id = id
    self.smiles = smiles
    self.line = line
  }
}

/// One thing that a row of a patent table says; a row may say several.
public enum CorpusItem: Hashable, Sendable {
  /// There is such a structure.
  case compound(CorpusCompound)
  /// The structure with this key stands in a document.
  case link(compound: String, document: DocumentReference, field: PatentField?)
  /// Facts about a document.
  case facts(DocumentReference, DocumentFacts)
  /// A table's own number stands for this document.
  case alias(DocumentReference, PatentNumber)
}

/// Why a row was taken with less than it should say.
public enum CorpusMark: String, CaseIterable, Codable, CodingKeyRepresentable, Hashable, Sendable {
  /// A date that is no day of the calendar was left out.
  case impossibleDate = "impossible-date"
  /// A priority after the publication was left out.
  case priorityAfterPublication = "priority-after-publication"
  /// A publication after the day up to which the corpus goes was left out.
  case afterCorpus = "after-corpus"
  /// The field is none that is known; the link was taken without it.
  case unknownField = "unknown-field"
  /// A class symbol that is none was left out.
  case unknownClass = "unknown-class"
  /// One identifier names several structures; each was taken.
  case sharedIdentifier = "shared-identifier"
  /// A structure repeats another one after standardisation, as salts do; their links were joined.
  case sameStructure = "same-structure"
  /// A document of links without any date.
  case undatedDocument = "undated-document"
  /// A document of links without a family; it stands for itself.
  case documentWithoutFamily = "document-without-family"
  /// A document that several rows put into different families; the first in the alphabet counts.
  case severalFamilies = "several-families"
  /// A link to a structure that was refused or is in no table.
  case linkWithoutCompound = "link-without-compound"
  /// A link to a document that no table names.
  case linkWithoutDocument = "link-without-document"
  /// Facts about a document that no table names.
  case factsWithoutDocument = "facts-without-document"
  /// A structure that no link names; it is not in the index.
  case compoundWithoutLink = "compound-without-link"
}
