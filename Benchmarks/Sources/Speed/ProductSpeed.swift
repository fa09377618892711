import Foundation
import LinearAlgebra
import NeuralNetworks
import Tensors

/// How fast matrix products of training are, beside BLAS's on its best size; prints JSON.
enum ProductSpeed {
  /// The different arcs of a batch of 32 drug-like molecules after one step and after two, by the
  /// hidden width; forward, by the weights' slope and by the messages' slope; then the predictor's.
  private static let shapes = [(300, 300, 300), (800, 300, 300), (32, 300, 300)]

  static func write() throws {
    let peak = blas(1_536)
    var found = ["sgemm's peak": peak]
    for (rows, inner, columns) in shapes {
      var source = RandomSource(seed: 1)
      let x = Tensor.uniform([rows, inner], within: 1, using: &source)
      let weights = Tensor.uniform([inner, columns], within: 1, using: &source)
      let slope = Tensor.uniform([rows, columns], within: 1, using: &source)
      let work = 2e-9 * Double(rows * inner * columns)
      found["\(rows) rows, forward"] = rate(work) { x.times(weights) }
      found["\(rows) rows, weights' slope"] = rate(work) { x.times(slope, transposingSelf: true) }
      found["\(rows) rows, inputs' slope"] = rate(work) {
        slope.times(weights, transposingOther: true)
      }
    }
    let text = try JSONSerialization.data(withJSONObject: found, options: [.sortedKeys])
    print(String(decoding: text, as: UTF8.self))
  }

  private static func blas(_ size: Int) -> Double {
    let a = Matrix<Float>(
      rows: size, columns: size, elements: (0..<size * size).map { Float($0 % 7) - 3 })
    return rate(2e-9 * Double(size * size * size)) { a * a }
  }

  /// GFLOP per second of processor time, the best of several stretches.
  private static func rate<Result>(_ work: Double, _ product: () -> Result) -> Double {
    _ = product()
    let repeats = max(1, Int(8 / work))
    return (0..<5).map { _ in
      let (report, _) = Report.timing(repeats) { for _ in 0..<repeats { _ = product() } }
      return work * Double(repeats) / report.cpu
    }.max() ?? 0
  }
}
