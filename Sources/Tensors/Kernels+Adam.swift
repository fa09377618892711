internal import CTensors

extension Kernels {
  func adam(
    _ step: AdamStep, _ weights: inout Tensor, _ gradient: Gradient, _ moments: inout AdamMoments
  ) {
    let (beta1, beta2) = step.decays
    var plan = ct_adam(
      rate: step.rate, beta1: beta1, beta2: beta2,
      correction1: Float(1 / (1 - power(Double(beta1), step.step))),
      correction2: Float(1 / (1 - power(Double(beta2), step.step))), epsilon: step.epsilon,
      decay: step.rate * step.decoupledDecay, penalty: step.penalty,
      gradient_scale: step.gradientScale)
    let (count, width) = (weights.count, weights.columns)
    unsafe weights.elements.withUnsafeMutableBufferPointer { w in
      unsafe moments.first.elements.withUnsafeMutableBufferPointer { m in
        unsafe moments.second.elements.withUnsafeMutableBufferPointer { v in
          guard let w = w.baseAddress, let m = m.baseAddress, let v = v.baseAddress else { return }
          func run(_ start: Int, _ end: Int, _ slope: UnsafePointer<Float>?) {
            guard end > start else { return }
            unsafe ct_adam_step(level, &plan, end - start, slope, w + start, m + start, v + start)
          }
          switch gradient {
          case .dense(let slopes): unsafe run(0, count, slopes.elements)
          case .rows(let rows, let slopes, _):
            unsafe slopes.elements.withUnsafeBufferPointer { slopes in
              var done = 0
              for (place, row) in rows.enumerated() {
                let start = Int(row) * width
                run(done, start, nil)
                done = start + width
                unsafe run(start, done, slopes.baseAddress.map { unsafe $0 + place * width })
              }
              run(done, count, nil)
            }
          }
        }
      }
    }
  }
}

/// `base` to a whole power, by squaring: no library's rounding is involved.
private func power(_ base: Double, _ exponent: Int) -> Double {
  var (result, factor, rest) = (1.0, base, exponent)
  while rest > 0 {
    if rest & 1 == 1 { result *= factor }
    factor *= factor
    rest >>= 1
  }
  return result
}
