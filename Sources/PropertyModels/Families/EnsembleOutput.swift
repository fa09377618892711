/// The outputs of several networks for one row.
struct EnsembleOutput {
  let mean: Double
  /// The standard deviation between networks, with n in the divisor.
  let spread: Double

  init(_ outputs: [Double]) {
    let mean = outputs.reduce(0, +) / Double(outputs.count)
    let squares = outputs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = mean
    spread = (squares / Double(outputs.count)).squareRoot()
  }
}
