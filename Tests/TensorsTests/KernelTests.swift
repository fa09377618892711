import Testing

@testable import Tensors

// Widths that end in whole blocks of vectors, in whole vectors and in a rest.
private let widths = [1, 15, 16, 33, 64, 257, 300]

@Test("every version of the kernels gives the portable version's bits", arguments: widths)
func versionsAgree(_ width: Int) {
  let portable = Kernels.available[0]
  let x = numbers([9, width], 1)
  let y = numbers([9, width], 2)
  let gain = numbers([width], 3)
  let bias = numbers([width], 4)
  let weights = numbers([50, width], 5)
  let bits = SparseRows(columns: 50, setColumns: [[1, 7, 49], [], Array(0..<50)])
  let counts = SparseRows(columns: 50, entries: [[(3, 0.3), (4, 2)], [], [(49, -1)]])
  let places = Neighbourhood(
    origins: [2, 0, 2], among: 9, offsets: [0, 3, 3, 4], neighbours: [8, 1, 1, 0], among: 9)
  let mask = DropoutMask(rate: 0.3, seed: 1, step: 2, place: 3)

  func results(_ kernels: Kernels) -> [[Float]] {
    var all: [[Float]] = []
    for function in ElementFunction.allCases {
      let value = kernels.apply(function, x)
      all.append(value.elements)
      all.append(kernels.applyBackward(function, x: x, y: value, g: y).elements)
      all.append(kernels.addBias(x, bias, function).elements)
      all.append(kernels.product(bits, weights, bias: bias, function).elements)
      all.append(kernels.product(counts, weights, bias: nil, function).elements)
      all.append(
        kernels.product(bits, slabs: SlabWeights(weights), bias: bias.elements, function))
      all.append(kernels.neighbourSum(places, base: x, messages: y, function).elements)
    }
    all.append(kernels.add(x, y).elements)
    all.append(kernels.multiply(x, y).elements)
    all.append(kernels.scale(x, by: 0.37).elements)
    all.append(kernels.columnSums(x).elements)
    all.append([Float(kernels.sum(x.elements)), Float(kernels.sumOfSquares(x.elements))])
    all.append(kernels.dropout(x, mask).elements)
    all.append(
      kernels.fewOutputs(x.elements, rows: 9, transposed: y.rows(0..<3), bias: [1, 2, 3]))
    let norm = kernels.layerNorm(x, gain: gain, bias: bias, epsilon: 1e-5)
    all += [norm.y.elements, norm.mean, norm.inverse]
    let slopes = kernels.layerNormBackward(
      x, gain: gain, mean: norm.mean, inverse: norm.inverse, g: y)
    all += [slopes.x.elements, slopes.gain.elements, slopes.bias.elements]
    for gradient in [
      Gradient.dense(numbers([50, width], 6)),
      .rows([0, 7, 49], values: numbers([3, width], 7), shape: [50, width]),
    ] {
      var moved = weights
      var moments = AdamMoments(for: weights)
      let step = AdamStep(rate: 0.01, step: 3, penalty: 0.1, decoupledDecay: 0.2)
      kernels.adam(step, &moved, gradient, &moments)
      all += [moved.elements, moments.first.elements, moments.second.elements]
    }
    return all
  }
  let expected = results(portable).map { $0.map(\.bitPattern) }
  for kernels in Kernels.available.dropFirst() {
    for (place, (found, wanted)) in zip(results(kernels), expected).enumerated() {
      #expect(found.map(\.bitPattern) == wanted, "level \(kernels.level), result \(place)")
    }
  }
}

@Test("the dense product agrees with BLAS, and fused versions with each other", arguments: widths)
func denseProduct(_ width: Int) {
  let (x, weights) = (numbers([29, 45], 1), numbers([45, width], 2))
  let bias = numbers([width], 3)
  let panels = PanelWeights(weights)
  let byBLAS = x.timesByBLAS(weights, false, false, 29, width, 45)
  let expected = Kernels.best.addBias(byBLAS, bias)
  func product(_ kernels: Kernels) -> [Float] {
    var result = [Float](repeating: .nan, count: 29 * width)
    kernels.product(x.elements, panels: panels, bias: bias.elements, .identity, &result)
    return result
  }
  for kernels in Kernels.available {
    for (a, b) in zip(product(kernels), expected.elements) { #expect(abs(a - b) < 1e-5) }
  }
  for kernels in Kernels.available.dropFirst() {
    #expect(product(kernels) == product(Kernels.available[1]))
  }
  // Rows that stand as columns are the same rows.
  let turned = Kernels.best.product(
    x.transposed(), transposed: true, panels: panels, bias: bias.elements)
  #expect(turned.elements == product(Kernels.best))
  var sums = Tensor([29, width], repeating: 2).elements
  panels.add(x.elements, to: &sums, .relu)
  for (a, b) in zip(sums, byBLAS.elements) { #expect(abs(a - max(0, b + 2)) < 1e-5) }
}

@Test("products of every orientation agree with BLAS", arguments: [false, true], [false, true])
func orientedProducts(_ left: Bool, _ right: Bool) {
  let (m, n, k) = (37, 70, 19)
  let a = numbers(left ? [k, m] : [m, k], 1)
  let b = numbers(right ? [n, k] : [k, n], 2)
  let found = a.times(b, transposingSelf: left, transposingOther: right)
  #expect(found.shape == [m, n])
  for (x, y) in zip(found.elements, a.timesByBLAS(b, left, right, m, n, k).elements) {
    #expect(abs(x - y) < 1e-5)
  }
}

@Test func `slabs give the product's bits`() {
  let weights = numbers([40, 150], 1)
  let bias = numbers([150], 2)
  let rows = SparseRows(columns: 40, setColumns: [[3, 9, 11], [], [39]])
  #expect(
    SlabWeights(weights).product(rows, bias: bias.elements, .silu)
      == Kernels.best.product(rows, weights, bias: bias, .silu).elements)
}

@Test("neighbours are summed row by row onto their origin", arguments: widths)
func neighbourSums(_ width: Int) {
  let (base, messages) = (numbers([2, width], 1), numbers([3, width], 2))
  let places = Neighbourhood(
    origins: [1, 0, 1], among: 2, offsets: [0, 2, 2, 4], neighbours: [2, 0, 1, 1], among: 3)
  let found = places.sum(base: base, messages: messages, .relu)
  for column in 0..<width {
    let m = (0..<3).map { messages[$0, column] }
    #expect(found[0, column] == max(0, base[1, column] + m[2] + m[0]))
    #expect(found[1, column] == max(0, base[0, column]))
    #expect(found[2, column] == max(0, base[1, column] + m[1] + m[1]))
  }
}

@Test func `a sparse product equals the dense one`() {
  let rows = SparseRows(columns: 30, entries: [[(2, 1.5), (29, -1)], [], [(0, 1)]])
  let weights = numbers([30, 70], 1)
  let dense = rows.dense().times(weights)
  for (x, y) in zip(Kernels.best.product(rows, weights).elements, dense.elements) {
    #expect(abs(x - y) < 1e-6)
  }
}

@Test func `Adam moves rows without a slope as dense Adam does`() {
  let shape: Shape = [6, 5]
  var (sparse, dense) = (numbers(shape, 1), numbers(shape, 1))
  var (first, second) = (AdamMoments(for: sparse), AdamMoments(for: dense))
  for count in 1...4 {
    let step = AdamStep(rate: 0.1, step: count, decoupledDecay: 0.01, gradientScale: 0.5)
    let gradient = Gradient.rows(
      [Int32(count), 5], values: numbers([2, 5], count), shape: shape)
    step.update(&sparse, by: gradient, &first)
    step.update(&dense, by: .dense(gradient.dense), &second)
  }
  #expect(sparse == dense)
  #expect(first == second)
}

@Test func `Adam's first step has the size of the learning rate`() {
  // m̂ / √v̂ = g / |g| after one step, whatever the slope's size (Kingma & Ba 2015, section 2.1).
  var weights = Tensor([3], [0, 0, 0])
  var moments = AdamMoments(for: weights)
  AdamStep(rate: 0.5, step: 1).update(
    &weights, by: .dense(Tensor([3], [1e-3, -7, 100])), &moments)
  for (found, wanted) in zip(weights.elements, [-0.5, 0.5, -0.5] as [Float]) {
    #expect(abs(found - wanted) < 1e-4)
  }
}

@Test func `dropout keeps its share and its expected sum, and depends on each part of its key`() {
  let ones = Tensor([200_000], repeating: 1)
  let mask = DropoutMask(rate: 0.25, seed: 1, step: 1, place: 1)
  let result = Kernels.best.dropout(ones, mask)
  let kept = result.elements.count { $0 > 0 }
  #expect(abs(Double(kept) / 200_000 - 0.75) < 0.005)
  #expect(abs(Kernels.best.sum(result.elements) / 200_000 - 1) < 0.01)
  #expect(result == Kernels.best.dropout(ones, mask))
  for other in [(2, 1, 1), (1, 2, 1), (1, 1, 2)] {
    let mask = DropoutMask(rate: 0.25, seed: UInt64(other.0), step: other.1, place: other.2)
    let both = zip(result.elements, Kernels.best.dropout(ones, mask).elements)
      .count { $0 > 0 && $1 > 0 }
    // Two independent masks keep 0.75² of the elements together.
    #expect(abs(Double(both) / 200_000 - 0.5625) < 0.005)
  }
}

@Test func `functions agree with double precision and stay finite at the ends`() {
  let points = (-400...400).map { Float($0) / 20 }
  let x = Tensor([points.count], points)
  for (place, point) in points.enumerated() {
    let p = Double(point)
    let found = Kernels.best.apply(.exp, x).elements[place]
    #expect(abs(Double(found) / exponential(p) - 1) < 5e-7)
    let sigmoid = Double(Kernels.best.apply(.sigmoid, x).elements[place])
    #expect(abs(sigmoid - 1 / (1 + exponential(-p))) < 2e-7)
    let tanh = Double(Kernels.best.apply(.tanh, x).elements[place])
    #expect(abs(tanh - (1 - 2 / (exponential(2 * p) + 1))) < 3e-7)
  }
  let far = Tensor([4], [1000, -1000, .greatestFiniteMagnitude, -.greatestFiniteMagnitude])
  for function in [ElementFunction.exp, .sigmoid, .tanh, .silu] {
    #expect(Kernels.best.apply(function, far).isFinite)
  }
}

/// eˣ by its series after halving: an oracle that shares nothing with the kernel.
private func exponential(_ x: Double) -> Double {
  var (term, sum) = (1.0, 1.0)
  for order in 1...20 {
    term *= x / 1024 / Double(order)
    sum += term
  }
  for _ in 0..<10 { sum *= sum }
  return sum
}
