internal import CTensors

extension Kernels {
  /// `f(x · weights + bias)` with sparse `x`.
  func product(
    _ x: SparseRows, _ weights: Tensor, bias: Tensor? = nil,
    _ function: ElementFunction = .identity
  ) -> Tensor {
    precondition(weights.rows == x.columns, "\(x.columns) columns against \(weights.shape)")
    precondition(bias.map { $0.count == weights.columns } ?? true, "bias of another width")
    let width = weights.columns
    return unsafe filled([x.rows, width]) { out in
      unsafe withPointer(x.values) { values in
        unsafe withPointer(bias?.elements) { bias in
          unsafe ct_sparse_product(
            level, x.rows, x.offsets, x.indices, values, width, weights.elements, width, bias,
            function.rawValue, out, width)
        }
      }
    }
  }

  /// The same product over weights in slabs (see `SlabWeights`), added to nothing: slab by slab,
  /// so that one slab's weights stay in the cache for all rows.
  func product(
    _ x: SparseRows, slabs: SlabWeights, bias: [Float], _ function: ElementFunction
  ) -> [Float] {
    precondition(slabs.inputs == x.columns && bias.count == slabs.width, "slabs of another shape")
    let (slab, width) = (SlabWeights.slabWidth, slabs.width)
    return unsafe filled([x.rows, width]) { out in
      unsafe withPointer(x.values) { values in
        unsafe withPointer(slabs.elements) { weights in
          unsafe withPointer(bias) { bias in
            guard let weights = unsafe weights, let bias = unsafe bias else { return }
            for start in stride(from: 0, to: width, by: slab) {
              unsafe ct_sparse_product(
                level, x.rows, x.offsets, x.indices, values, min(slab, width - start),
                weights + start * slabs.inputs, slab, bias + start, function.rawValue, out + start,
                width)
            }
          }
        }
      }
    }.elements
  }

  /// Lends an optional array's pointer, nil for none.
  private func withPointer(
    _ array: [Float]?, _ body: (UnsafePointer<Float>?) -> Void
  ) {
    guard let array else { return body(nil) }
    unsafe array.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
  }

  /// The matrix with rows and columns exchanged.
  func transpose(_ x: Tensor) -> Tensor {
    unsafe filled([x.columns, x.rows]) { unsafe ct_transpose(x.rows, x.columns, x.elements, $0) }
  }

  /// `op(weights)` in panels.
  func panels(_ weights: Tensor, transposed: Bool) -> [Float] {
    let (inputs, outputs) =
      transposed ? (weights.columns, weights.rows) : (weights.rows, weights.columns)
    let width = PanelWeights.panelWidth
    return unsafe filled([(outputs + width - 1) / width, inputs, width]) { panels in
      if transposed {
        unsafe ct_pack_panels_transposed(inputs, outputs, weights.elements, panels)
      } else {
        unsafe ct_pack_panels(inputs, outputs, weights.elements, panels)
      }
    }.elements
  }

  /// `result = f(x · panels + bias)`; without a bias, `f(result + x · panels)`.
  func product(
    _ x: [Float], panels: PanelWeights, bias: [Float]?, _ function: ElementFunction,
    _ result: inout [Float]
  ) {
    let rows = result.count / max(1, panels.outputs)
    precondition(x.count == rows * panels.inputs, "\(x.count) elements for \(rows) rows")
    precondition(
      result.count == rows * panels.outputs && bias?.count ?? panels.outputs == panels.outputs)
    // Without a bias its pointer is not read; the weights stand in for it.
    unsafe ct_dense(
      level, rows, panels.inputs, panels.outputs, x, 0, panels.elements, bias ?? panels.elements,
      bias == nil ? 1 : 0, function.rawValue, &result)
  }

  /// `f(op(x) · panels + bias)`; the bias is left out where it is nil.
  func product(
    _ x: Tensor, transposed: Bool = false, panels: PanelWeights, bias: [Float]? = nil,
    _ function: ElementFunction = .identity
  ) -> Tensor {
    let (rows, inputs) = transposed ? (x.columns, x.rows) : (x.rows, x.columns)
    precondition(inputs == panels.inputs, "\(x.shape) by panels of \(panels.inputs) inputs")
    let bias = bias ?? [Float](repeating: 0, count: panels.outputs)
    precondition(bias.count == panels.outputs, "bias of \(bias.count) for \(panels.outputs)")
    return unsafe filled([rows, panels.outputs]) {
      unsafe ct_dense(
        level, rows, inputs, panels.outputs, x.elements, transposed ? 1 : 0, panels.elements, bias,
        0, function.rawValue, $0)
    }
  }

  /// `x · transposedᵀ + bias` for few outputs; each row's result depends on that row alone.
  func fewOutputs(_ x: [Float], rows: Int, transposed: Tensor, bias: [Float]) -> [Float] {
    precondition(x.count == rows * transposed.columns && bias.count == transposed.rows)
    return unsafe filled([rows, transposed.rows]) {
      unsafe ct_few_outputs(
        level, rows, transposed.columns, transposed.rows, x, transposed.elements, bias, $0)
    }.elements
  }

  func layerNorm(
    _ x: Tensor, gain: Tensor, bias: Tensor, epsilon: Float
  ) -> (y: Tensor, mean: [Float], inverse: [Float]) {
    precondition(gain.count == x.columns && bias.count == x.columns, "norm of \(x.shape)")
    var mean = [Float](repeating: 0, count: x.rows)
    var inverse = mean
    let y = unsafe filled(x.shape) {
      unsafe ct_layer_norm(
        level, x.rows, x.columns, epsilon, x.elements, gain.elements, bias.elements, $0, &mean,
        &inverse)
    }
    return (y, mean, inverse)
  }

  func layerNormBackward(
    _ x: Tensor, gain: Tensor, mean: [Float], inverse: [Float], g: Tensor
  ) -> (x: Tensor, gain: Tensor, bias: Tensor) {
    var gainSlope = [Float](repeating: 0, count: gain.count)
    var biasSlope = gainSlope
    let slope = unsafe filled(x.shape) {
      unsafe ct_layer_norm_backward(
        level, x.rows, x.columns, x.elements, gain.elements, mean, inverse, g.elements, $0,
        &gainSlope, &biasSlope)
    }
    return (slope, Tensor(gain.shape, gainSlope), Tensor(gain.shape, biasSlope))
  }
}
