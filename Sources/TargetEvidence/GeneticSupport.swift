import Foundation

/// What kinds of genetic support were worth to past drug programmes: the scale on which evidence
/// is weighed against the rest.
///
/// Counts of Minikel et al., Refining the impact of genetic evidence on clinical success, Nature
/// 2024 (doi:10.1038/s41586-024-07316-0), table S5: programmes from phase I on, and those launched.
/// Somatic support is told apart, as there.
public struct GeneticSupport: Hashable, Codable, Sendable {
  /// The kinds that are told apart.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    /// Mendelian disease with a known gene.
    case mendelian
    /// A common variant by genome-wide association.
    case association
    /// Rare variants of a gene together.
    case burden
    /// Any other germline support.
    case other
  }

  /// The comparison for each kind.
  public let comparisons: [Kind: RelativeSuccess]

  /// The published counts.
  public static let minikel2024: GeneticSupport = {
    let counts: [(Kind, yes: (Int, Int), no: (Int, Int))] = [
      (.mendelian, (79, 192), (1440, 12830)), (.association, (134, 526), (1385, 12496)),
      (.burden, (14, 46), (1505, 12976)), (.other, (189, 667), (1330, 12355)),
    ]
    return GeneticSupport(
      Dictionary(
        uniqueKeysWithValues: counts.compactMap { kind, yes, no in
          RelativeSuccess(
            supported: RelativeSuccess.Share(yes.0, of: yes.1),
            unsupported: RelativeSuccess.Share(no.0, of: no.1)
          ).map { (kind, $0) }
        }))
  }()

  /// A scale by comparisons of one's own.
  public init(_ comparisons: [Kind: RelativeSuccess]) { self.comparisons = comparisons }

  /// What a record of this kind is worth, as the logarithm of a relative success.
  ///
  /// - Parameter score: how strong it is, 0 to 1: a weak sign of a strong kind moves the odds less.
  public func logSuccess(_ kind: Kind, score: Double) -> (value: Double, standardError: Double)? {
    guard let found = comparisons[kind] ?? comparisons[.other] else { return nil }
    return (found.logarithm * score, found.standardError * score)
  }
}
