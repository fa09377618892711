// The standard library may change how it turns bits into numbers from one version to the next, and
// a split or an interval would change with it. So the ways below are our own.
extension RandomNumberGenerator {
  /// A whole number from `0..<bound`, each equally likely.
  ///
  /// Lemire: Fast random integer generation in an interval. ACM TOMACS 2019, 29, 3.
  public mutating func draw(below bound: Int) -> Int {
    precondition(bound > 0, "cannot draw below \(bound)")
    let range = UInt64(bound)
    var product = next().multipliedFullWidth(by: range)
    if product.low < range {
      let threshold = (0 &- range) % range
      while product.low < threshold { product = next().multipliedFullWidth(by: range) }
    }
    return Int(product.high)
  }

  /// A number from `0..<1` with 53 random bits.
  public mutating func drawUnit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// `0..<count` in random order, each order equally likely.
  /// - Complexity: O(count)
  public mutating func drawOrder(of count: Int) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, draw(below: last + 1))
    }
    return order
  }

  /// `count` numbers from `0..<count`, with repeats: one bootstrap sample of the rows.
  /// - Complexity: O(count)
  public mutating func drawSample(of count: Int) -> [Int] {
    (0..<count).map { _ in draw(below: count) }
  }
}
