import CompoundLibrary
import Provenance
import Screening

/// One piece of scoring: neighbouring rows of one immutable segment, under one model.
///
/// The key names everything that the numbers follow from, so the same key always means the same
/// numbers: who finds them need not compute them, whenever and for whatever screen they were made.
struct Shard: Hashable, Sendable {
  /// The segment's place in its library.
  let segment: Int
  /// The rows in the segment.
  let rows: Range<Int>
  /// What the scores are known by.
  let key: Digest

  /// The most rows of a shard: what a killed worker has to do again.
  static let mostRows = 65_536

  /// Raised whenever the same model gives the same structure other numbers.
  static let featurizerVersion = 1

  /// All pieces of a library, in the order of its rows.
  static func all(
    of library: Library, model: Digest, task: Int, ranking: RankingRule
  ) -> [Shard] {
    library.segments.indices.flatMap { index in
      let count = library.segments[index].rows
      return stride(from: 0, to: count, by: mostRows).map { start in
        let rows = start..<min(count, start + mostRows)
        return Shard(
          segment: index, rows: rows,
          key: Digest(
            of: """
              segment \(library.digest(ofSegment: index)) rows \(rows.lowerBound) \(rows.upperBound)
              model \(model) task \(task) ranking \(ranking.rawValue) features \(featurizerVersion)
              """))
      }
    }
  }
}
