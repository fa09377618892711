import Foundation
public import Provenance

/// A hospital's part in sums that only come out together: it adds a pad for each partner that the
/// partner takes away.
///
/// Pairwise masks of Bonawitz et al., Practical secure aggregation, CCS 2017, without their shares for
/// dropouts: where a hospital is missing there is no sum. Who the partners are, the hospital's own
/// file says, not the coordinator.
public struct SiteMasking: Sendable {
  /// The fewest hospitals of a masked sum: of two, each would know the other's.
  public static let fewest = 3

  /// The digest of all names and keys; sums of differing rosters never meet.
  public let roster: Digest
  private let site: String
  private let key: MaskingKey
  private let partners: [String: String]

  /// A hospital among partners, by name and public masking key; nil for fewer than three together,
  /// or where a key is none.
  public init?(site: String, key: MaskingKey, partners: [String: String]) {
    guard partners[site] == nil, partners.count + 1 >= Self.fewest,
      partners.values.allSatisfy({ key.pad(with: $0, context: Data(), words: 1) != nil })
    else { return nil }
    self.site = site
    self.key = key
    self.partners = partners
    roster = Self.roster(partners.merging([site: key.publicHex]) { own, _ in own })
  }

  /// The digest of hospitals and their public masking keys.
  public static func roster(_ keys: [String: String]) -> Digest {
    Digest(
      of: keys.sorted { $0.key < $1.key }.map { "\($0.key.utf8.count):\($0.key) \($0.value)" }
        .joined(separator: "\n"))
  }

  /// The numbers behind the pads; nil where one is too large for the fixed point.
  ///
  /// The pads hang on what is asked, so hospitals that were asked different things do not cancel.
  func mask(_ values: [Double], of question: Question) -> [MaskedNumber]? {
    let fixed = values.compactMap(MaskedNumber.init(value:))
    guard fixed.count == values.count else { return nil }
    var words = fixed.map(\.word)
    let context = Data(
      "\(question.content.hex) \(question.run.hex) \(question.round) \(roster.hex)".utf8)
    for (name, theirs) in partners {
      guard let pad = key.pad(with: theirs, context: context, words: words.count) else {
        return nil
      }
      for place in words.indices {
        if site < name { words[place] &+= pad[place] } else { words[place] &-= pad[place] }
      }
    }
    return words.map(MaskedNumber.init(word:))
  }
}
