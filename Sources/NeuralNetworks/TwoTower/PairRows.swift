public import Tensors

/// Pairs of a compound and a protein: two tables, and which row of each a pair stands for.
public struct PairRows: Sendable {
  /// The compounds.
  public let compounds: FeatureRows
  /// The proteins, shape `[proteins, columns]`.
  public let proteins: Tensor
  /// The compound of each pair, and its protein.
  let compoundOf: [Int32], proteinOf: [Int32]

  /// Describes pairs.
  ///
  /// - Precondition: as many compounds as proteins are named, all of them in the tables.
  public init(
    compounds: FeatureRows, proteins: Tensor, pairs: some Collection<(compound: Int, protein: Int)>
  ) {
    self.init(
      compounds, proteins, pairs.map { Int32($0.compound) }, pairs.map { Int32($0.protein) })
  }

  private init(
    _ compounds: FeatureRows, _ proteins: Tensor, _ compoundOf: [Int32], _ proteinOf: [Int32]
  ) {
    precondition(compoundOf.allSatisfy { $0 >= 0 && $0 < compounds.rows }, "an unknown compound")
    precondition(proteinOf.allSatisfy { $0 >= 0 && $0 < proteins.rows }, "an unknown protein")
    self.compounds = compounds
    self.proteins = proteins
    self.compoundOf = compoundOf
    self.proteinOf = proteinOf
  }
}

extension PairRows: BatchSource {
  /// How many pairs.
  public var rows: Int { compoundOf.count }

  /// Some of the pairs; the tables stay as they are.
  public func selecting(_ chosen: some Collection<Int>) -> PairRows {
    PairRows(compounds, proteins, chosen.map { compoundOf[$0] }, chosen.map { proteinOf[$0] })
  }

  /// The compounds that occur, each once, and the place of each pair's among them.
  var distinctCompounds: (rows: [Int], places: [Int32]) { Self.distinct(compoundOf) }
  /// The proteins that occur, each once, and the place of each pair's among them.
  var distinctProteins: (rows: [Int], places: [Int32]) { Self.distinct(proteinOf) }

  private static func distinct(_ all: [Int32]) -> (rows: [Int], places: [Int32]) {
    let rows = Set(all).sorted()
    let place = Dictionary(
      uniqueKeysWithValues: rows.enumerated().map { ($0.element, Int32($0.offset)) })
    return (rows.map { Int($0) }, all.map { place[$0] ?? 0 })
  }
}
