import Foundation
import Records

/// Concepts that mean the same to a study, with all that stand below them in the vocabulary.
public struct ConceptSet: Hashable, Sendable {
  /// The concepts that were named.
  public let named: [Int]
  /// They and their descendants.
  public private(set) var all: Set<Int>

  /// The concepts alone.
  public init(_ named: [Int]) {
    self.named = named
    all = Set(named)
  }

  /// Reads `1539403,1545958`; nil where a part is no number above 0.
  public init?(_ text: String) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Int($0.filter { $0 != " " }) }.filter { $0 > 0 }
    guard numbers.count == parts.count else { return nil }
    self.init(numbers)
  }

  /// Adds the descendants of several sets by `concept_ancestor`; false where the folder has none.
  ///
  /// A drug's ancestors are its ingredients, a condition's the wider conditions.
  static func descend(_ sets: inout [ConceptSet], in folder: RecordFolder) throws -> Bool {
    guard let table = try ModelTable("concept_ancestor", in: folder),
      let above = table.column("ancestor_concept_id"),
      let below = table.column("descendant_concept_id")
    else { return false }
    let named = sets.map { Set($0.named) }
    while let step = try table.reader.next() {
      guard step == .row, let ancestor = table.reader.integer(above),
        let descendant = table.reader.integer(below)
      else { continue }
      for place in sets.indices where named[place].contains(ancestor) {
        sets[place].all.insert(descendant)
      }
    }
    return true
  }
}
