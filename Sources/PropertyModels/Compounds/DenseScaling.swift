import Foundation
import Parallelism
import Tensors

/// Dense numbers brought to zero mean and unit variance by those of the training compounds.
///
/// A number that is missing counts as the mean. Far ones are cut, or one freak would decide alone.
/// The columns of some features become places in their distribution instead.
struct DenseScaling: Hashable, Sendable {
  /// Deviations beyond which a number is cut.
  static let reach: Float = 5
  /// What is read, in order.
  let features: [DenseFeature]
  /// The training compounds' means, column by column.
  let means: [Float]
  /// Their deviations; 0 for a column that never varies, which says nothing and becomes 0.
  let deviations: [Float]
  /// The distributions of those columns that become places in them, by column.
  let distributions: [Int: ColumnDistribution]

  /// The number of columns.
  var columns: Int { means.count }

  /// Measures the training compounds.
  init(
    of features: [DenseFeature], in compounds: CompoundTable, using pool: WorkerPool
  ) throws(FittingError) {
    self.features = features
    var (means, deviations) = ([Float](), [Float]())
    var distributions: [Int: ColumnDistribution] = [:]
    for feature in features {
      let rows = try compounds.rows(of: feature, using: pool)
      for column in 0..<feature.columns {
        if feature.takesPlaces {
          distributions[means.count] = ColumnDistribution(of: rows.map { $0[column] })
        }
        let known = rows.map { Double($0[column]) }.filter(\.isFinite)
        let count = Double(max(1, known.count))
        let mean = known.reduce(0, +) / count
        let squares = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let deviation = (squares / count).squareRoot()
        means.append(Float(mean))
        // Equal numbers may have a deviation of a rounding error.
        deviations.append(deviation > 1e-6 * max(1, abs(mean)) ? Float(deviation) : 0)
      }
    }
    self.means = means
    self.deviations = deviations
    self.distributions = distributions
  }

  /// The scaled numbers of each compound.
  func rows(
    of compounds: CompoundTable, using pool: WorkerPool
  ) throws(FittingError) -> [[Float]] {
    var rows = [[Float]](repeating: [], count: compounds.count)
    var start = 0
    for feature in features {
      for (row, numbers) in try compounds.rows(of: feature, using: pool).enumerated() {
        for (column, number) in numbers.enumerated() {
          rows[row].append(scaled(number, start + column))
        }
      }
      start += feature.columns
    }
    return rows
  }

  private func scaled(_ number: Float, _ column: Int) -> Float {
    if let distribution = distributions[column] { return distribution.place(of: number) }
    guard number.isFinite, deviations[column] > 0 else { return 0 }
    let scaled = (number - means[column]) / deviations[column]
    return min(max(scaled, -Self.reach), Self.reach)
  }

  /// The scaled numbers as a tensor, shape `[compounds, columns]`; nil without features.
  func tensor(
    of compounds: CompoundTable, using pool: WorkerPool
  ) throws(FittingError) -> Tensor? {
    guard !features.isEmpty else { return nil }
    let rows = try rows(of: compounds, using: pool)
    return Tensor([rows.count, columns], Array(rows.joined()))
  }
}

extension DenseScaling {
  private static let meansName = "dense.means"
  private static let deviationsName = "dense.deviations"
  private static let knotsName = "dense.quantiles"

  /// As tensors of a file; none without features.
  var tensors: [String: Tensor] {
    guard !features.isEmpty else { return [:] }
    var tensors = [
      Self.meansName: Tensor([columns], means), Self.deviationsName: Tensor([columns], deviations),
    ]
    if !distributions.isEmpty {
      tensors[Self.knotsName] = Tensor(
        [distributions.count, ColumnDistribution.count],
        distributions.sorted { $0.key < $1.key }.flatMap(\.value.knots))
    }
    return tensors
  }

  /// Reads the numbers for features from a file.
  init(of features: [DenseFeature], reading file: Safetensors) throws(SafetensorsError) {
    self.features = features
    let columns = features.reduce(0) { $0 + $1.columns }
    guard columns > 0 else {
      (means, deviations, distributions) = ([], [], [:])
      return
    }
    let means = try file.tensor(Self.meansName, shape: [columns])
    let deviations = try file.tensor(Self.deviationsName, shape: [columns])
    guard means.isFinite else { throw .notFinite(tensor: Self.meansName) }
    guard deviations.isFinite, deviations.elements.allSatisfy({ $0 >= 0 }) else {
      throw .notFinite(tensor: Self.deviationsName)
    }
    (self.means, self.deviations) = (means.elements, deviations.elements)
    let placed = features.flatMap { [Bool](repeating: $0.takesPlaces, count: $0.columns) }
    let chosen = placed.indices.filter { placed[$0] }
    var distributions: [Int: ColumnDistribution] = [:]
    if !chosen.isEmpty {
      let width = ColumnDistribution.count
      let knots = try file.tensor(Self.knotsName, shape: [chosen.count, width])
      for (row, column) in chosen.enumerated() {
        let numbers = Array(knots.elements[row * width..<(row + 1) * width])
        guard let read = ColumnDistribution(knots: numbers), knots.isFinite else {
          throw .notFinite(tensor: Self.knotsName)
        }
        distributions[column] = read
      }
    }
    self.distributions = distributions
  }
}
