import Featurization
import Foundation
public import Parallelism
import Tensors

/// The compounds of a training, to be asked for the nearest.
public struct FittedNeighbours: FittedTask {
  static let file = "compounds.safetensors"
  private let family: NearestNeighbours
  private let rows: [SimilarityRow]
  private let targets: [Double]
  private let weights: [Double]
  private let index: SimilarityIndex
  private let mean: Double
  private let variance: Double

  init(family: NearestNeighbours, rows: [SimilarityRow], targets: [Double], weights: [Double]) {
    self.family = family
    self.rows = rows
    self.targets = targets
    self.weights = weights
    index = SimilarityIndex(rows, SimilarityLayout(family.features))
    let total = weights.reduce(0, +)
    let mean = zip(targets, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
    self.mean = mean
    variance =
      zip(targets, weights).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 } / total
  }

  /// The neighbours' weighted mean, and how far they are apart and away.
  ///
  /// The variance is the neighbours' own and, for the part of them that is unlike the compound, the
  /// training set's: a compound like none is as uncertain as a guess.
  public func output(for compounds: CompoundTable, using pool: WorkerPool) throws -> TaskOutput {
    let queries = try compounds.rows(of: family.features, using: pool)
      .map { SimilarityRow(sparse: $0) }
    let answers = pool.map(queries.count) { answer(queries[$0]) }
    return TaskOutput(values: answers.map(\.value), deviations: answers.map(\.deviation))
  }

  private func answer(_ query: SimilarityRow) -> (value: Double, deviation: Double) {
    let blocks = family.features.blocks.count
    let similarities = index.similarities(
      of: query, weights: [Double](repeating: 1 / Double(blocks), count: blocks))
    let nearest = Self.largest(similarities, family.neighbours)
    var (sum, total, closeness) = (0.0, 0.0, 0.0)
    var shares: [(row: Int, share: Double)] = []
    for row in nearest {
      let share = weights[row] * Self.power(similarities[row], family.sharpness)
      shares.append((row, share))
      sum += share * targets[row]
      total += share
      closeness += share * similarities[row]
    }
    // Like nothing that was measured: all that is left is the mean of everything.
    guard total > 0 else { return (mean, variance.squareRoot()) }
    let value = sum / total
    let own = shares.reduce(0) { sum, neighbour in
      let away = targets[neighbour.row] - value
      return sum + neighbour.share * away * away
    }
    let unlike = max(0, 1 - closeness / total)
    return (value, (own / total + unlike * variance).squareRoot())
  }

  private static func power(_ similarity: Double, _ sharpness: Double) -> Double {
    if sharpness == 0 { return 1 }
    if sharpness == 1 { return similarity }
    if sharpness == 2 { return similarity * similarity }
    return pow(similarity, sharpness)
  }

  /// The rows of the largest numbers, the largest first; of equal ones the first row.
  private static func largest(_ numbers: [Double], _ count: Int) -> [Int] {
    var best: [Int] = []
    for row in numbers.indices {
      if best.count == count, let last = best.last, numbers[row] <= numbers[last] { continue }
      var place = best.count
      while place > 0, numbers[row] > numbers[best[place - 1]] { place -= 1 }
      best.insert(row, at: place)
      if best.count > count { best.removeLast() }
    }
    return best
  }

  /// The compounds' features and labels.
  public func files() throws -> ModelFiles {
    var files = ModelFiles()
    files.add(
      rows,
      with: [
        "targets": DoublePrecision.tensor(targets), "weights": DoublePrecision.tensor(weights),
      ], as: Self.file)
    return files
  }
}
