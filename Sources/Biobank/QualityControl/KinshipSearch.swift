internal import Parallelism

/// The kinship of all pairs of people, of which the near ones are told.
///
/// Tiles of people against tiles of people, blocks of variants read anew for each: memory depends on
/// neither, and the counts are whole numbers, which no order of work can change.
struct KinshipSearch: Sendable {
  private let files: PlinkFiles
  private let variants: [Int]
  private let rows: [Int]

  /// People of a tile, and variants of a block.
  private static let tile = 256, block = 4_096

  /// Describes the search.
  ///
  /// - Parameters:
  ///   - variants: places of the variants to compare, on autosomes.
  ///   - rows: the people, in the order of the file.
  init(_ files: PlinkFiles, variants: [Int], rows: [Int]) {
    self.files = files
    self.variants = variants
    self.rows = rows
  }

  /// The pairs above a kinship, the first person before the second, in the order of the file.
  ///
  /// - Complexity: O(people² × variants / 64)
  func pairs(above least: Double, _ pool: WorkerPool) -> [KinshipPair] {
    let tiles = stride(from: 0, to: rows.count, by: Self.tile).map {
      $0..<min($0 + Self.tile, rows.count)
    }
    let jobs = tiles.indices.flatMap { left in (left..<tiles.count).map { (left, $0) } }
    return pool.map(jobs.count) { job in
      compare(tiles[jobs[job].0], tiles[jobs[job].1], above: least)
    }.flatMap { $0 }.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
  }

  private func compare(
    _ left: Range<Int>, _ right: Range<Int>, above least: Double
  ) -> [KinshipPair] {
    let isDiagonal = left == right
    let people = isDiagonal ? Array(rows[left]) : Array(rows[left]) + Array(rows[right])
    // Where the partners of the person at a place of the left tile stand.
    func partners(_ one: Int) -> Range<Int> {
      (isDiagonal ? one + 1 : left.count)..<people.count
    }
    var sums = [KinshipCounts](repeating: KinshipCounts(), count: left.count * people.count)
    for start in stride(from: 0, to: variants.count, by: Self.block) {
      let planes = GenotypePlanes(
        files, variants: variants[start..<min(start + Self.block, variants.count)], rows: people)
      for one in 0..<left.count {
        for other in partners(one) {
          sums[one * people.count + other].add(planes.counts(one, other))
        }
      }
    }
    var found: [KinshipPair] = []
    for one in 0..<left.count {
      for other in partners(one) {
        let counts = sums[one * people.count + other]
        guard let kinship = counts.kinship, kinship > least else { continue }
        found.append(
          KinshipPair(first: people[one], second: people[other], counts: counts, kinship: kinship))
      }
    }
    return found
  }
}
