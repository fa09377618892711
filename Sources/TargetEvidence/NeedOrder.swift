public import Entities

/// The order in which diseases are worked on: the one with the most people in need first.
///
/// Need moves diseases, and what waits in a queue for them. It moves no target within its disease
/// and changes no score, no decision and no confidence: whether biology holds does not depend on how
/// many are ill. ``TargetRanking`` takes no need, and this takes targets only to hand them back.
public struct NeedOrder: Sendable {
  private let needs: [String: DiseaseNeed]

  /// An order by needs; of two for one disease the first counts.
  public init(_ needs: [DiseaseNeed]) {
    self.needs = Dictionary(needs.map { ($0.disease.id, $0) }) { first, _ in first }
  }

  /// What is known of a disease's need; nil where nobody looked, which is not a need of 0.
  public func need(of disease: String) -> DiseaseNeed? { needs[disease] }

  /// Things in the order of their diseases' need, each as it was.
  ///
  /// Where no need is known they follow, in the order they had; equal needs keep theirs too.
  ///
  /// - Parameter disease: the identifier of an item's disease.
  public func ordered<Item>(_ items: [Item], disease: (Item) -> String) -> [Item] {
    items.enumerated().sorted { one, other in
      let a = needs[disease(one.element)]?.people.value
      let b = needs[disease(other.element)]?.people.value
      switch (a, b) {
      case (let a?, let b?) where a != b: return a > b
      case (.some, nil): return true
      case (nil, .some): return false
      default: return one.offset < other.offset
      }
    }.map(\.element)
  }
}
