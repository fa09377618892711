public import Entities

/// The corpus that a compound was looked for in.
public struct CorpusName: Codable, Hashable, Sendable {
  /// Its name.
  public var name: String
  /// The day up to which it goes; nil where nobody told.
  public var upTo: PatentDate?
  /// How many compounds it has.
  public var compounds: Int

  /// Names a corpus.
  public init(name: String, upTo: PatentDate?, compounds: Int) {
    self.name = name
    self.upTo = upTo
    self.compounds = compounds
  }
}

/// A compound of the corpus that answers a question.
public struct PatentedCompound: Codable, Hashable, Sendable {
  /// Its identifier in the corpus.
  public var id: String
  /// Its standardised structure; nil where the corpus' library does not have it.
  public var smiles: String?
  /// The Tanimoto similarity to what was asked for; 1 for the same structure, nil where it was not
  /// reckoned.
  public var similarity: Double?
  /// The document that leads; nil where all its documents are unknown.
  public var document: PatentDocument?
  /// How many documents it stands in.
  public var documents: Int
  /// How many families those are; a document without a family counts as one.
  public var families: Int
  /// The earliest day of all its families.
  public var earliest: PatentDate?

  /// Creates a compound from the documents it stands in, the leading one first.
  public init(id: String, smiles: String?, similarity: Double?, documents: [PatentDocument]) {
    self.id = id
    self.smiles = smiles
    self.similarity = similarity
    document = documents.first
    self.documents = documents.count
    families = Set(documents.map { $0.family.map { "family \($0)" } ?? $0.number }).count
    earliest = documents.compactMap(\.earliest).min()
  }
}

/// Where a compound stands in the patents of one corpus.
///
/// It says what was found in the corpus and how far the corpus goes. It says nothing about novelty
/// or about the freedom to use a compound: claims by general formulas are in no such corpus.
public struct PatentFinding: Codable, Hashable, Sendable {
  /// The structure as it was given.
  public var query: String
  /// Why it could not be looked for; nil where it was.
  public var refusal: Refusal?
  /// Where it was looked for.
  public var corpus: CorpusName
  /// The same structure: one standardised SMILES, or one InChIKey.
  public var exact: PatentedCompound?
  /// The best documented structure of the same connectivity that is not the same structure: other
  /// stereo, isotopes or tautomer.
  public var connectivity: PatentedCompound?
  /// How many structures have the same connectivity, the same one not counted.
  public var connectivityCount: Int
  /// How many structures have the same Murcko scaffold, the same one not counted; nil for a
  /// structure without rings.
  public var scaffold: Int?
  /// The most similar structure at or above the threshold that is not the same one.
  public var similar: PatentedCompound?
  /// How many structures are at or above the threshold, the same one not counted.
  public var similarCount: Int
  /// The least similarity that counts, by Tanimoto on the library's fingerprints.
  public var threshold: Double

  /// Creates a finding; what is not given was not found.
  public init(
    query: String, refusal: Refusal? = nil, corpus: CorpusName, exact: PatentedCompound? = nil,
    connectivity: PatentedCompound? = nil, connectivityCount: Int = 0, scaffold: Int? = nil,
    similar: PatentedCompound? = nil, similarCount: Int = 0, threshold: Double
  ) {
    self.query = query
    self.refusal = refusal
    self.corpus = corpus
    self.exact = exact
    self.connectivity = connectivity
    self.connectivityCount = connectivityCount
    self.scaffold = scaffold
    self.similar = similar
    self.similarCount = similarCount
    self.threshold = threshold
  }
}
