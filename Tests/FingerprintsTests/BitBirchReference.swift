import Fingerprints
import Foundation

/// BitBIRCH as plainly as can be: lists of counts, recomputed sums, a tree of objects.
final class PlainBitBirch {
  final class Entry {
    var rows: [Int] = []
    var counts: [Int]
    var child: [Entry]?

    init(bitCount: Int) { counts = Array(repeating: 0, count: bitCount) }

    var centroid: [Bool] { counts.map { 2 * $0 >= rows.count } }

    func include(_ entry: Entry) {
      rows += entry.rows
      for bit in counts.indices { counts[bit] += entry.counts[bit] }
    }
  }

  let options: BitBirch
  let bitCount: Int
  var root: [Entry] = []

  init(_ options: BitBirch, bitCount: Int) {
    self.options = options
    self.bitCount = bitCount
  }

  /// The clusters' rows, the clusters by size and then first row.
  func clusters(of table: [Fingerprint], rows: [Int]) -> [[Int]] {
    for row in rows {
      let entry = Entry(bitCount: bitCount)
      entry.rows = [row]
      for bit in table[row].setBits { entry.counts[bit] = 1 }
      if let (one, other) = insert(entry, into: &root) { root = [one, other] }
    }
    return leaves(of: root).map { $0.rows.sorted() }
      .sorted { ($1.count, $0[0]) < ($0.count, $1[0]) }
  }

  private func leaves(of node: [Entry]) -> [Entry] {
    node.flatMap { entry in entry.child.map(leaves) ?? [entry] }
  }

  private func insert(_ entry: Entry, into node: inout [Entry]) -> (Entry, Entry)? {
    let centroid = entry.centroid
    let similarities = node.map { Self.similarity($0.centroid, centroid) }
    if let place = similarities.firstIndex(where: { $0 == similarities.max() }) {
      let nearest = node[place]
      if nearest.child != nil {
        var child = nearest.child ?? []
        let split = insert(entry, into: &child)
        nearest.child = child
        if let (one, other) = split {
          node[place] = one
          node.append(other)
        } else {
          nearest.include(entry)
        }
      } else if admits(entry, into: nearest) {
        nearest.include(entry)
      } else {
        node.append(entry)
      }
    } else {
      node.append(entry)
    }
    return node.count > options.branchingFactor ? split(node) : nil
  }

  private func split(_ node: [Entry]) -> (Entry, Entry) {
    let centroids = node.map(\.centroid)
    let middle = (0..<bitCount).map { bit in
      2 * centroids.count { $0[bit] } >= centroids.count
    }
    let toMiddle = centroids.map { Self.similarity($0, middle) }
    let first = toMiddle.firstIndex(of: toMiddle.min() ?? 0) ?? 0
    let toFirst = centroids.map { Self.similarity($0, centroids[first]) }
    let second = toFirst.firstIndex(of: toFirst.min() ?? 0) ?? 0
    let toSecond = centroids.map { Self.similarity($0, centroids[second]) }
    let (one, other) = (Entry(bitCount: bitCount), Entry(bitCount: bitCount))
    (one.child, other.child) = ([], [])
    for (place, entry) in node.enumerated() {
      let part = place == first || toFirst[place] > toSecond[place] ? one : other
      part.include(entry)
      part.child?.append(entry)
    }
    return (one, other)
  }

  private func admits(_ entry: Entry, into cluster: Entry) -> Bool {
    let joined = Entry(bitCount: bitCount)
    joined.include(cluster)
    joined.include(entry)
    let (after, count) = (mean(joined), cluster.rows.count)
    guard after >= options.threshold else { return false }
    switch options.criterion {
    case .diameter, .radius: return true
    case .tolerantDiameter(let tolerance), .tolerantRadius(let tolerance):
      if count == 1 { return true }
      let decay = exp(-0.001 * Double(count)) - exp(-1)
      return after >= mean(cluster) - max(tolerance * decay, 0)
    }
  }

  private func mean(_ entry: Entry) -> Double {
    let pairs = Self.instantSimilarity(entry.counts, rows: entry.rows.count)
    switch options.criterion {
    case .diameter, .tolerantDiameter: return pairs
    case .radius, .tolerantRadius:
      let counts = zip(entry.counts, entry.centroid).map { $0 + ($1 ? 1 : 0) }
      let count = Double(entry.rows.count)
      let joined = Self.instantSimilarity(counts, rows: entry.rows.count + 1)
      return (joined * (count + 1) - pairs * (count - 1)) / 2
    }
  }

  static func similarity(_ a: [Bool], _ b: [Bool]) -> Double {
    let (common, union) = zip(a, b).reduce(into: (0, 0)) { sums, bits in
      if bits.0 && bits.1 { sums.0 += 1 }
      if bits.0 || bits.1 { sums.1 += 1 }
    }
    return union == 0 ? 0 : Double(common) / Double(union)
  }

  /// Shared bits of all pairs over bits in either of all pairs.
  static func instantSimilarity(_ counts: [Int], rows: Int) -> Double {
    let shared = counts.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
    let single = counts.reduce(0) { $0 + $1 * (rows - $1) }
    return shared + single == 0 ? 1 : Double(shared) / Double(shared + single)
  }
}
