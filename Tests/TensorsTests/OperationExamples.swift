import Tensors
import Testing

/// The operations without their payloads: a new operation does not compile until it stands here, and
/// is then tested like all others.
enum OperationKind: CaseIterable {
  case elementwise, logarithm, add, subtract, multiply, scale, addBias, matrixProduct
  case sparseProduct, sum, mean, layerNorm, dropout, gatherRows, joinColumns, columns, loss
  case neighbourSum, attention

  init(_ operation: Tensors.Operation) {
    self =
      switch operation {
      case .elementwise: .elementwise
      case .logarithm: .logarithm
      case .add: .add
      case .subtract: .subtract
      case .multiply: .multiply
      case .scale: .scale
      case .addBias: .addBias
      case .matrixProduct: .matrixProduct
      case .sparseProduct: .sparseProduct
      case .sum: .sum
      case .mean: .mean
      case .layerNorm: .layerNorm
      case .dropout: .dropout
      case .gatherRows: .gatherRows
      case .joinColumns: .joinColumns
      case .columns: .columns
      case .loss: .loss
      case .neighbourSum: .neighbourSum
      case .attention: .attention
      }
  }
}

/// An operation with inputs to try it on.
struct Example: CustomTestStringConvertible {
  let operation: Tensors.Operation
  let inputs: [Tensor]
  var testDescription: String { String("\(operation)".prefix(60)) }
}

extension OperationKind {
  var examples: [Example] {
    let a = numbers([4, 5], 1)
    let b = numbers([4, 5], 2)
    switch self {
    case .elementwise:
      // Kept away from the corner of ReLU, where there is no derivative.
      let x = Tensor([4, 5], a.elements.map { abs($0) < 0.05 ? 0.3 : $0 })
      return ElementFunction.allCases.map { Example(operation: .elementwise($0), inputs: [x]) }
    case .logarithm:
      let positive = Tensor(a.shape, a.elements.map { abs($0) + 0.5 })
      return [Example(operation: .logarithm, inputs: [positive])]
    case .add: return [Example(operation: .add, inputs: [a, b])]
    case .subtract: return [Example(operation: .subtract, inputs: [a, b])]
    case .multiply: return [Example(operation: .multiply, inputs: [a, b])]
    case .scale: return [Example(operation: .scale(-1.7), inputs: [a])]
    case .addBias: return [Example(operation: .addBias, inputs: [a, numbers([5], 3)])]
    case .matrixProduct:
      return [(false, false), (false, true), (true, false), (true, true)].map { left, right in
        Example(
          operation: .matrixProduct(transposingLeft: left, transposingRight: right),
          inputs: [
            numbers(left ? [3, 4] : [4, 3], 4), numbers(right ? [5, 3] : [3, 5], 5),
          ])
      }
    case .sparseProduct:
      let bits = SparseRows(columns: 6, setColumns: [[0, 3], [], [5, 3, 1], [2]])
      let counts = SparseRows(
        columns: 6, entries: [[(1, 0.5), (4, -2)], [(1, 3)], [(0, 1), (1, 1)]])
      // Wide enough for a full block of vectors, single vectors and a rest.
      return [bits, counts].flatMap { rows in
        [3, 300].map { width in
          Example(operation: .sparseProduct(rows), inputs: [numbers([6, width], 6)])
        }
      }
    case .sum: return [Example(operation: .sum, inputs: [a])]
    case .mean: return [Example(operation: .mean, inputs: [a])]
    case .layerNorm:
      return [7, 40].map { width in
        Example(
          operation: .layerNorm(epsilon: 1e-5),
          inputs: [numbers([3, width], 7), numbers([width], 8), numbers([width], 9)])
      }
    case .dropout:
      let mask = DropoutMask(rate: 0.4, seed: 7, step: 3, place: 1)
      return [Example(operation: .dropout(mask), inputs: [a])]
    case .gatherRows: return [Example(operation: .gatherRows([2, 0, 2]), inputs: [a])]
    case .joinColumns: return [Example(operation: .joinColumns, inputs: [a, numbers([4, 2], 3)])]
    case .columns: return [Example(operation: .columns(1..<4), inputs: [a])]
    case .neighbourSum:
      // Origins and neighbours shared, repeated and never used; a row without neighbours.
      let places = Neighbourhood(
        origins: [1, 0, 1, 1], among: 3, offsets: [0, 2, 2, 5, 6],
        neighbours: [0, 4, 4, 4, 1, 0], among: 5)
      return [(5, ElementFunction.identity), (5, .silu), (70, .tanh), (300, .sigmoid)].map {
        Example(
          operation: .neighbourSum(places, $1),
          inputs: [numbers([3, $0], 11), numbers([5, $0], 12)])
      }
    case .attention:
      let members = SparseRows(
        columns: 4, entries: [[(0, 1), (3, 2)], [], [(3, 1), (1, 1), (2, 3)]])
      return [
        Example(
          operation: .attention(members), inputs: [numbers([4, 6], 13), numbers([4, 1], 14)])
      ]
    case .loss:
      let labels = Tensor([4, 5], b.elements.map { $0 > 0 ? 1 : 0 })
      let weights = Tensor([4, 5], (0..<20).map { Float($0 % 3) })
      // Away from the corner where a bound begins to be contradicted.
      let bounds = Tensor(
        [4, 5], (0..<20).map { abs(a.elements[$0] - b.elements[$0]) < 0.1 ? 0 : Float($0 % 3 - 1) })
      let bounded = [Loss.squared, .huber(delta: 0.7), .gaussian, .tobit(deviation: 0.6)].map {
        Example(
          operation: .loss($0, targets: b, weights: weights, bounds: bounds),
          inputs: Array([a, numbers([4, 5], 4)].prefix($0.inputCount)))
      }
      let all: [Loss] = [
        .squared, .huber(delta: 0.7), .logistic, .gaussian, .tobit(deviation: 0.6),
      ]
      return bounded
        + all.flatMap { loss in
          [nil, weights].map { weights in
            Example(
              operation: .loss(loss, targets: loss == .logistic ? labels : b, weights: weights),
              inputs: Array([a, numbers([4, 5], 4)].prefix(loss.inputCount)))
          }
        }
    }
  }
}

/// Reproducible numbers in −1…1.
func numbers(_ shape: Shape, _ stream: Int) -> Tensor {
  var source = RandomSource(seed: 42, stream: stream)
  return Tensor(shape, (0..<shape.count).map { _ in 2 * source.unit() - 1 })
}
