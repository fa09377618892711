import Tensors
import Testing

@Test(
  "gradient agrees with central differences", arguments: OperationKind.allCases.flatMap(\.examples))
func gradientAgrees(_ example: Example) {
  // A weighted sum makes a scalar of any output and gives each element a slope of its own.
  func loss(_ inputs: [Tensor]) -> (Graph, Value, [Value]) {
    var graph = Graph()
    let values = inputs.map { graph.parameter($0) }
    let output = graph.apply(example.operation, values)
    let weights = graph.constant(numbers(graph.tensor(output).shape, 99))
    let weighted = graph.apply(.multiply, output, weights)
    let sum = graph.apply(.sum, weighted)
    return (graph, sum, values)
  }
  let (graph, value, values) = loss(example.inputs)
  let gradients = graph.gradients(of: value, with: values)
  let step: Float = 1e-2
  for (place, input) in example.inputs.enumerated() {
    let gradient = gradients[place].dense
    #expect(gradient.shape == input.shape)
    for index in 0..<input.count {
      func shifted(_ shift: Float) -> Double {
        var elements = input.elements
        elements[index] += shift
        var inputs = example.inputs
        inputs[place] = Tensor(input.shape, elements)
        let (graph, value, _) = loss(inputs)
        return Double(graph.tensor(value).scalar)
      }
      let measured = (shifted(step) - shifted(-step)) / (2 * Double(step))
      let error = abs(Double(gradient.elements[index]) - measured)
      #expect(error < 2e-3 * max(1, abs(measured)), "input \(place), element \(index)")
    }
  }
}

@Test func `every example stands under its own kind`() {
  for kind in OperationKind.allCases {
    #expect(!kind.examples.isEmpty)
    #expect(kind.examples.allSatisfy { OperationKind($0.operation) == kind })
  }
}

@Test func `a value used twice collects both slopes`() {
  var graph = Graph()
  let x = graph.parameter(Tensor([2], [3, -1]))
  let square = graph.apply(.multiply, x, x)
  let sum = graph.apply(.sum, graph.apply(.add, square, x))
  #expect(graph.gradients(of: sum, with: [x])[0].dense == Tensor([2], [7, -1]))
}

@Test func `a parameter the loss does not depend on has a gradient of zeros`() {
  var graph = Graph()
  let x = graph.parameter(Tensor([2], [3, -1]))
  let sum = graph.apply(.sum, x)
  let late = graph.parameter(Tensor([3], [1, 2, 3]))
  let gradients = graph.gradients(of: sum, with: [late, x])
  #expect(gradients[0] == .dense(.zeros([3])))
  #expect(gradients[1] == .dense(Tensor([2], [1, 1])))
}

@Test func `an inner value can be differentiated by`() {
  var graph = Graph()
  let x = graph.parameter(Tensor(3))
  let y = graph.apply(.multiply, x, x)
  let z = graph.apply(.multiply, y, y)
  #expect(graph.gradients(of: z, with: [y, x]).map(\.dense.scalar) == [18, 108])
}

@Test func `a sparse product's gradient holds the touched rows only`() {
  var graph = Graph()
  let weights = graph.parameter(numbers([100, 4], 1))
  let rows = SparseRows(columns: 100, setColumns: [[7, 93], [7]])
  let sum = graph.apply(.sum, graph.apply(.sparseProduct(rows), weights))
  let gradient = graph.gradients(of: sum, with: [weights])[0]
  #expect(
    gradient
      == .rows([7, 93], values: Tensor([2, 4], [2, 2, 2, 2, 1, 1, 1, 1]), shape: [100, 4]))
}

@Test func `a masked target may be anything, and a batch without labels has no slope`() {
  var graph = Graph()
  let x = graph.parameter(Tensor([1, 2], [1, 2]))
  let targets = Tensor([1, 2], [0, .nan])
  let loss = graph.apply(
    .loss(.squared, targets: targets, weights: Tensor([1, 2], [1, 0])), x)
  #expect(graph.tensor(loss).scalar == 1)
  #expect(graph.gradients(of: loss, with: [x])[0].dense == Tensor([1, 2], [2, 0]))
  let empty = graph.apply(.loss(.squared, targets: targets, weights: .zeros([1, 2])), x)
  #expect(graph.tensor(empty).scalar == 0)
  #expect(graph.gradients(of: empty, with: [x])[0].dense == .zeros([1, 2]))
}

@Test func `gradients of some rows add up row by row`() {
  let shape: Shape = [9, 2]
  let a = Gradient.rows([1, 4, 8], values: Tensor([3, 2], [1, 2, 3, 4, 5, 6]), shape: shape)
  let b = Gradient.rows([0, 4], values: Tensor([2, 2], [10, 20, 30, 40]), shape: shape)
  let sum = a + b
  #expect(
    sum
      == .rows(
        [0, 1, 4, 8], values: Tensor([4, 2], [10, 20, 1, 2, 33, 44, 5, 6]), shape: shape))
  #expect((a + .dense(b.dense)).dense == sum.dense)
}

@Test func `a bound is contradicted on one side only, and more and more`() {
  func loss(_ loss: Loss, _ x: Float, _ bound: Float) -> (value: Float, slope: Float) {
    var graph = Graph()
    let prediction = graph.parameter(Tensor([1, 1], [x]))
    let value = graph.apply(
      .loss(loss, targets: Tensor([1, 1], [2]), weights: nil, bounds: Tensor([1, 1], [bound])),
      prediction)
    let slope = graph.gradients(of: value, with: [prediction])[0].dense.scalar
    return (graph.tensor(value).scalar, slope)
  }
  // The truth is at least 2: a prediction of 5 is right, one of 1 is not.
  #expect(loss(.squared, 5, 1) == (0, 0))
  #expect(loss(.squared, 1, 1) == (1, -2))
  #expect(loss(.squared, 5, -1) == (9, 6))
  // Φ(0) = ½; far on the right side nothing is left; far on the wrong side it stays finite and its
  // slope goes on growing.
  let tobit = Loss.tobit(deviation: 1)
  #expect(abs(loss(tobit, 2, 1).value - 0.6931472) < 1e-6)
  #expect(loss(tobit, 12, 1).value < 1e-6)
  let (near, far, farther) = (loss(tobit, -27.9, 1), loss(tobit, -28.1, 1), loss(tobit, -998, 1))
  #expect(abs(near.value - 451.3) < 1 && abs(far.value - near.value) < 7)
  #expect(farther.value.isFinite && abs(farther.slope + 1000) < 0.1)
}
