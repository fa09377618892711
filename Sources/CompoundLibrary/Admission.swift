import Entities

/// Which new rows come into a library, and which old ones they push out.
///
/// Identifiers are looked at first: of new rows that share one the first counts. One that the
/// library has is refused when compounds are added, and takes the old row's place when they are
/// upserted; if its structure is the same too, the old row stays and nothing has changed. Then
/// structures, among the rows that are left: one that the library has is refused; of new rows that
/// share one the first counts. An old row that is to be replaced still holds its structure against all other rows, so
/// the outcome does not depend on what else is refused.
struct Admission {
  enum Rule: String, Codable, Sendable {
    /// A known identifier is refused.
    case add
    /// A known identifier is replaced.
    case upsert
  }

  /// A new row that is refused, and the earlier row that is kept.
  struct Refused: Hashable, Sendable {
    let row: Int
    let first: Int
    let kind: SegmentText
  }

  /// The refused rows, ascending.
  private(set) var refused: [Refused] = []
  /// The old rows that are replaced.
  private(set) var replaced: [Int] = []
  /// The new rows that say what the library holds already.
  private(set) var unchanged: [Int] = []

  init(_ search: RepeatSearch, rule: Rule, uniqueStructures: Bool) {
    var successors: [Int: Int] = [:]
    for found in search.repeats(of: .identifier) {
      if let known = found.known {
        if rule == .add {
          refuse(found.new[...], for: known, .identifier)
          continue
        }
        if search.list.text(.structure, found.new[0]) == search.list.text(.structure, known) {
          unchanged.append(found.new[0])
        } else {
          successors[found.new[0]] = known
        }
      }
      refuse(found.new.dropFirst(), for: found.new[0], .identifier)
    }
    if uniqueStructures {
      var left = search.deleted
      for row in refused { left.insert(row.row) }
      for row in unchanged { left.insert(row) }
      let search = RepeatSearch(
        list: search.list, known: search.known, deleted: left, rowsInMemory: search.rowsInMemory)
      for found in search.repeats(of: .structure) {
        guard let known = found.known else {
          refuse(found.new.dropFirst(), for: found.new[0], .structure)
          continue
        }
        refuse(found.new[...], for: known, .structure)
      }
    }
    refused.sort { $0.row < $1.row }
    for row in refused { successors[row.row] = nil }
    replaced = successors.values.sorted()
  }

  private mutating func refuse(_ rows: ArraySlice<Int>, for first: Int, _ kind: SegmentText) {
    refused += rows.map { Refused(row: $0, first: first, kind: kind) }
  }
}
