import Governance

/// Counts of groups that fill a total which is told: small ones are kept back, and one large one with
/// them, so that no subtraction finds them.
///
/// It is known which groups are small, for they have no estimate. So the large one must leave room:
/// with k small groups of 1 to m − 1 and a sum that is known, every one of them may still be any such
/// number if the large one has at least m + (m − 2)k. Where none is large enough nothing may be told.
struct OneWayRelease {
  /// The counts, nil where they are kept back.
  let cells: [Int?]

  /// Decides; nil where the whole may not be told.
  init?(_ counts: [Int], _ minimum: MinimumCell) {
    let small = counts.indices.filter { !minimum.allows(counts[$0]) }
    var cells = counts.map { Optional($0) }
    for place in small { cells[place] = nil }
    if !small.isEmpty {
      let room = minimum.minimum + (minimum.minimum - 2) * small.count
      let large = counts.indices.filter { counts[$0] >= room }
      guard let companion = large.min(by: { (counts[$0], $0) < (counts[$1], $1) }) else {
        return nil
      }
      cells[companion] = nil
    }
    self.cells = cells
  }
}
