/// Computes the slope by one input; called only where that slope is wanted.
typealias Pull = () -> Gradient

extension Operation {
  /// The derivative table: for each input, how the slope `g` of the output becomes its slope.
  ///
  /// `x` are the inputs, `y` the output with what the forward pass kept.
  func pulls(_ x: [Tensor], _ y: Outcome, _ g: Tensor) -> [Pull] {
    let k = Kernels.best
    switch self {
    case .elementwise(let f): return [{ .dense(k.applyBackward(f, x: x[0], y: y.value, g: g)) }]
    case .logarithm: return [{ .dense(k.multiply(g, x[0].reciprocals)) }]
    case .add: return [{ .dense(g) }, { .dense(g) }]
    case .subtract: return [{ .dense(g) }, { .dense(k.scale(g, by: -1)) }]
    case .multiply: return [{ .dense(k.multiply(g, x[1])) }, { .dense(k.multiply(g, x[0])) }]
    case .scale(let factor): return [{ .dense(k.scale(g, by: factor)) }]
    case .addBias: return [{ .dense(g) }, { .dense(k.columnSums(g).reshaped(x[1].shape)) }]
    case .matrixProduct(let a, let b):
      // C = op(A) op(B): dop(A) = G op(B)ᵀ and dop(B) = op(A)ᵀ G, transposed back where op is.
      return [
        { .dense(a ? x[1].times(g, b, true) : g.times(x[1], false, !b)) },
        { .dense(b ? g.times(x[0], true, a) : x[0].times(g, !a, false)) },
      ]
    case .sparseProduct(let rows): return [{ rows.slopes(g, weights: x[0].shape) }]
    case .sum: return [{ .dense(Tensor(x[0].shape, repeating: g.scalar)) }]
    case .mean: return [{ .dense(Tensor(x[0].shape, repeating: g.scalar / Float(x[0].count))) }]
    case .layerNorm:
      let slopes = k.layerNormBackward(
        x[0], gain: x[1], mean: y.kept[0], inverse: y.kept[1], g: g)
      return [{ .dense(slopes.x) }, { .dense(slopes.gain) }, { .dense(slopes.bias) }]
    case .neighbourSum(let places, let f):
      let input = y.kept.first.map { Tensor(y.value.shape, $0) } ?? y.value
      let slope = f == .identity ? g : k.applyBackward(f, x: input, y: y.value, g: g)
      return [
        { .dense(k.rowSums(places.offspring, of: slope)) },
        { .dense(k.rowSums(places.users, of: slope)) },
      ]
    case .attention(let members):
      let shares = SparseRows(
        trusted: members.columns, members.offsets, members.indices, y.kept[0])
      return [
        { .dense(k.product(shares.transposed(), g)) },
        { .dense(shares.softmaxSlopes(g, rows: x[0], means: y.value)) },
      ]
    case .dropout(let mask): return [{ .dense(k.dropout(g, mask)) }]
    case .gatherRows(let rows): return [{ .dense(g.scatteringRows(rows, into: x[0].shape)) }]
    case .joinColumns:
      let seam = x[0].columns
      return [
        { .dense(g.selectingColumns(0..<seam)) }, { .dense(g.selectingColumns(seam..<g.columns)) },
      ]
    case .columns(let range): return [{ .dense(g.spreadingColumns(range, into: x[0].shape)) }]
    case .loss:
      return x.indices.map { i in
        { .dense(k.scale(Tensor(x[i].shape, y.kept[i]), by: g.scalar)) }
      }
    }
  }
}

extension SparseRows {
  /// The slope by the weights of `self · weights`: `selfᵀ · g`, for the touched rows only.
  fileprivate func slopes(_ g: Tensor, weights: Shape) -> Gradient {
    let touched = touchedColumns()
    return .rows(
      touched.columns, values: Kernels.best.product(touched.rows, g), shape: weights)
  }
}
