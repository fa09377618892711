/// What the page of a similarity search shows: queries and their neighbours, drawn.
public struct NeighbourReport: Sendable {
  /// The headline.
  public var title: String
  /// What was asked in words, for example "the 10 most similar by Tanimoto".
  public var question: String
  /// The queries in their order.
  public var queries: [Query]
  /// How many queries the search had that are not on the page.
  public var omittedQueries: Int
  /// What made this result: name and value.
  public var provenance: [Fact]

  /// A query with what was found for it.
  public struct Query: Sendable {
    /// Its identifier.
    public var id: String
    /// Its structure, canonical SMILES; empty for a bare fingerprint.
    public var smiles: String
    /// The structure as RDKit's SVG text.
    public var drawing: String?
    /// The neighbours that are shown, the most similar first.
    public var neighbours: [Neighbour]
    /// How many were found in all.
    public var found: Int

    /// Creates a query.
    public init(id: String, smiles: String, drawing: String?, neighbours: [Neighbour], found: Int) {
      self.id = id
      self.smiles = smiles
      self.drawing = drawing
      self.neighbours = neighbours
      self.found = found
    }
  }

  /// A compound that was found.
  public struct Neighbour: Sendable {
    /// Its identifier.
    public var id: String
    /// Its structure, canonical SMILES.
    public var smiles: String
    /// The similarity to the query, 0 to 1.
    public var similarity: Double
    /// The structure as RDKit's SVG text, all its atoms highlighted.
    public var drawing: String?
    /// For each atom the radius in bonds of the surroundings that the query has too; empty where that
    /// is not known.
    public var sharedRadii: [Int]

    /// Creates a neighbour.
    public init(
      id: String, smiles: String, similarity: Double, drawing: String?, sharedRadii: [Int]
    ) {
      self.id = id
      self.smiles = smiles
      self.similarity = similarity
      self.drawing = drawing
      self.sharedRadii = sharedRadii
    }
  }

  /// Creates a report's input.
  public init(
    title: String, question: String, queries: [Query], omittedQueries: Int = 0,
    provenance: [Fact] = []
  ) {
    self.title = title
    self.question = question
    self.queries = queries
    self.omittedQueries = omittedQueries
    self.provenance = provenance
  }
}
