/// How two towers ranked the compounds of one protein that was hidden from them with all its near
/// relatives.
public struct ColdProtein: Codable, Hashable, Sendable {
  /// Which compounds are ranked.
  public enum Compounds: String, Codable, CaseIterable, Sendable {
    /// Those that were learned from with other proteins.
    case known
    /// Those that were hidden too.
    case new
  }

  /// The order of some compounds of the protein, against that of their measured values.
  public struct Ranking: Codable, Hashable, Sendable {
    /// How many compounds.
    public let compounds: Int
    /// The concordance index of the towers' answers, 0 to 1, ½ for chance.
    public let towers: Double
    /// Spearman's correlation of the towers' answers; nil where they are all the same.
    public let spearman: Double?
    /// The concordance index of trivial answers.
    public let trivial: [TrivialAnswer: Double]
  }

  /// What needs no learning.
  public enum TrivialAnswer: String, Codable, CaseIterable, CodingKeyRepresentable, Sendable {
    /// The compound's mean over the other proteins.
    case compoundMean = "compound-mean"
    /// What was measured of the compound on the nearest relative that has a value.
    case nearestRelative = "nearest-relative"

    /// The answer in words.
    public var name: String {
      switch self {
      case .compoundMean: "the compound's mean over other proteins"
      case .nearestRelative: "its value at the nearest relative"
      }
    }
  }

  /// The protein's place in the table.
  public let protein: Int
  /// Its family.
  public let family: Int
  /// The protein nearest to it among those that were learned from.
  public let nearest: Int
  /// The cosine of their spectra, 0 to 1.
  public let cosine: Double
  /// What came of it for known compounds; nil where there are too few to rank.
  public let known: Ranking?
  /// The same for new compounds.
  public let new: Ranking?

  /// One of the two.
  public func ranking(of compounds: Compounds) -> Ranking? { compounds == .known ? known : new }
}

/// A pair of which neither the compound nor the protein, nor any near relative, was learned from.
public struct HiddenPair: Codable, Hashable, Sendable {
  /// The places of protein and compound in the table.
  public let protein: Int, compound: Int
  /// What was measured, and what the towers said.
  public let measured: Double, said: Double
  /// The compound most like it among those that were learned from.
  public let nearest: Int
  /// How like it is, the Tanimoto similarity of ECFP4.
  public let similarity: Double
  /// Its mean over the proteins that were learned from.
  public let nearestMean: Double
}
