internal import Glibc

/// A result and what its derivative will want again.
struct Outcome {
  let value: Tensor
  var kept: [[Float]] = []
}

extension Operation {
  /// The operation's value.
  func forward(_ x: [Tensor]) -> Outcome {
    let kernels = Kernels.best
    switch self {
    case .elementwise(let function): return Outcome(value: kernels.apply(function, x[0]))
    case .logarithm: return Outcome(value: Tensor(x[0].shape, x[0].elements.map { logf($0) }))
    case .add: return Outcome(value: kernels.add(x[0], x[1]))
    case .subtract: return Outcome(value: kernels.add(x[0], kernels.scale(x[1], by: -1)))
    case .multiply: return Outcome(value: kernels.multiply(x[0], x[1]))
    case .scale(let factor): return Outcome(value: kernels.scale(x[0], by: factor))
    case .addBias: return Outcome(value: kernels.addBias(x[0], x[1]))
    case .matrixProduct(let left, let right):
      return Outcome(value: x[0].times(x[1], transposingSelf: left, transposingOther: right))
    case .sparseProduct(let rows): return Outcome(value: kernels.product(rows, x[0]))
    case .sum: return Outcome(value: Tensor(Float(kernels.sum(x[0].elements))))
    case .mean:
      return Outcome(value: Tensor(Float(kernels.sum(x[0].elements) / Double(x[0].count))))
    case .layerNorm(let epsilon):
      let result = kernels.layerNorm(x[0], gain: x[1], bias: x[2], epsilon: epsilon)
      return Outcome(value: result.y, kept: [result.mean, result.inverse])
    case .neighbourSum(let places, let function):
      guard function.slopeNeedsInput else {
        return Outcome(value: places.sum(base: x[0], messages: x[1], function))
      }
      let sums = places.sum(base: x[0], messages: x[1], .identity)
      return Outcome(value: kernels.apply(function, sums), kept: [sums.elements])
    case .attention(let members):
      let shares = members.softmax(of: x[1].elements)
      return Outcome(value: kernels.product(shares, x[0]), kept: [shares.values ?? []])
    case .dropout(let mask): return Outcome(value: kernels.dropout(x[0], mask))
    case .gatherRows(let rows): return Outcome(value: x[0].selectingRows(rows))
    case .joinColumns: return Outcome(value: x[0].joiningColumns(with: x[1]))
    case .columns(let range): return Outcome(value: x[0].selectingColumns(range))
    case .loss(let loss, let targets, let weights, let bounds):
      let (value, slopes) = loss.mean(of: x, targets: targets, weights: weights, bounds: bounds)
      return Outcome(value: Tensor(value), kept: slopes)
    }
  }
}

extension Loss {
  /// The weighted mean over all targets, and its slopes by each input.
  func mean(
    of x: [Tensor], targets: Tensor, weights: Tensor?, bounds: Tensor? = nil
  ) -> (value: Float, slopes: [[Float]]) {
    precondition(x.count == inputCount, "\(x.count) inputs for the loss \(self)")
    precondition(x.allSatisfy { $0.shape == targets.shape }, "predictions unlike \(targets.shape)")
    precondition(weights.map { $0.shape == targets.shape } ?? true, "weights unlike targets")
    precondition(bounds.map { $0.shape == targets.shape } ?? true, "bounds unlike targets")
    let total = weights.map { $0.elements.reduce(0.0) { $0 + Double($1) } } ?? Double(targets.count)
    var slopes = x.map { [Float](repeating: 0, count: $0.count) }
    // Nothing is known about this batch: no loss and no slope.
    guard total > 0 else { return (0, slopes) }
    var sum = 0.0
    for index in 0..<targets.count {
      let weight = weights?.elements[index] ?? 1
      // A masked target may hold anything, NaN too: it is not looked at.
      if weight == 0 { continue }
      let spread = x.count > 1 ? x[1].elements[index] : 0
      let (value, slope, spreadSlope) = self.value(
        x[0].elements[index], spread, target: targets.elements[index],
        bound: bounds?.elements[index] ?? 0)
      let share = weight / Float(total)
      sum += Double(weight) * Double(value)
      slopes[0][index] = slope * share
      if x.count > 1 { slopes[1][index] = spreadSlope * share }
    }
    return (Float(sum / total), slopes)
  }
}
