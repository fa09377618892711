public import Featurization
public import Parallelism
import Statistics

/// Proteins put together with their near relatives.
///
/// Two proteins whose spectra have at least a given cosine are of one family, and so are relatives of
/// relatives (single linkage): no protein of one family is that near to any of another.
public struct ProteinFamilies: Hashable, Sendable {
  /// The family of each protein; families are numbered from 0 by their first member.
  public let family: [Int]
  /// How many families.
  public let count: Int

  /// Groups proteins by the cosines of their spectra.
  /// - Complexity: O(n²) comparisons of spectra
  public init(of spectra: [ProteinSpectrum], cosine: Double, using pool: WorkerPool) {
    let relatives = pool.map(spectra.count) { row in
      (0..<row).filter { Double(spectra[row].similarity(to: spectra[$0])) >= cosine }
    }
    var parent = Array(spectra.indices)
    func root(_ row: Int) -> Int {
      var row = row
      while parent[row] != row {
        parent[row] = parent[parent[row]]
        row = parent[row]
      }
      return row
    }
    for (row, others) in relatives.enumerated() {
      for other in others {
        let (one, two) = (root(row), root(other))
        // The first member stands for all, whatever the order of the joins.
        parent[max(one, two)] = min(one, two)
      }
    }
    var number: [Int: Int] = [:]
    family = spectra.indices.map { row in
      let first = root(row)
      let own = number[first] ?? number.count
      number[first] = own
      return own
    }
    count = number.count
  }

  /// The fold of each protein: families as wholes, the largest first, each to the fold that has fewest
  /// proteins yet.
  public func folds(_ folds: Int, seed: UInt64) -> [Int] {
    var generator = Xoshiro256(seed: seed)
    var sizes = [Int](repeating: 0, count: count)
    for own in family { sizes[own] += 1 }
    // Families of one size in an order that the seed decides.
    let place = generator.drawOrder(of: count)
    let order = (0..<count).sorted { (sizes[$1], place[$0]) < (sizes[$0], place[$1]) }
    var filled = [Int](repeating: 0, count: folds)
    var fold = [Int](repeating: 0, count: count)
    for own in order {
      let emptiest = filled.indices.min { (filled[$0], $0) < (filled[$1], $1) } ?? 0
      fold[own] = emptiest
      filled[emptiest] += sizes[own]
    }
    return family.map { fold[$0] }
  }
}
