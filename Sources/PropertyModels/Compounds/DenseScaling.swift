import Foundation
import Parallelism
import Tensors

/// Dense numbers brought to zero mean and unit variance by those of the training compounds.
///
/// A number that is missing counts as the mean. Far ones are cut, or one freak would decide alone.
struct DenseScaling: Hashable, Sendable {
  /// Deviations beyond which a number is cut.
  static let reach: Float = 5
  /// What is read, in order.
  let features: [DenseFeature]
  /// The training compounds' means, column by column.
  let means: [Float]
  /// Their deviations; 0 for a column that never varies, which says nothing and becomes 0.
  let deviations: [Float]

  /// The number of columns.
  var columns: Int { means.count }

  /// Measures the training compounds.
  init(
    of features: [DenseFeature], in compounds: CompoundTable, using pool: WorkerPool
  ) throws(FittingError) {
    self.features = features
    var (means, deviations) = ([Float](), [Float]())
    for feature in features {
      let rows = try compounds.rows(of: feature, using: pool)
      for column in 0..<feature.columns {
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

  /// As tensors of a file; none without features.
  var tensors: [String: Tensor] {
    guard !features.isEmpty else { return [:] }
    return [
      Self.meansName: Tensor([columns], means), Self.deviationsName: Tensor([columns], deviations),
    ]
  }

  /// Reads the numbers for features from a file.
  init(of features: [DenseFeature], reading file: Safetensors) throws(SafetensorsError) {
    self.features = features
    let columns = features.reduce(0) { $0 + $1.columns }
    guard columns > 0 else {
      (means, deviations) = ([], [])
      return
    }
    let means = try file.tensor(Self.meansName, shape: [columns])
    let deviations = try file.tensor(Self.deviationsName, shape: [columns])
    guard means.isFinite else { throw .notFinite(tensor: Self.meansName) }
    guard deviations.isFinite, deviations.elements.allSatisfy({ $0 >= 0 }) else {
      throw .notFinite(tensor: Self.deviationsName)
    }
    (self.means, self.deviations) = (means.elements, deviations.elements)
  }
}
