import LinearAlgebra
import Testing

@Test(
  "a product is the sum over the inner extent, however the factors are stored",
  arguments: [Orientation.plain, .transposed], [Orientation.plain, .transposed])
func productEqualsTheSum(left: Orientation, right: Orientation) {
  let (m, n, k) = (5, 7, 3)
  func number(_ i: Int, _ j: Int, _ salt: Int) -> Double {
    Double((i * 31 + j * 17 + salt) % 11) - 5
  }
  let a = Matrix<Double>((0..<m).map { i in (0..<k).map { number(i, $0, 1) } })
  let b = Matrix<Double>((0..<k).map { i in (0..<n).map { number(i, $0, 2) } })
  let product = (left == .plain ? a : a.transposed())
    .times(left, right == .plain ? b : b.transposed(), right)
  for i in 0..<m {
    for j in 0..<n {
      #expect(product[i, j] == (0..<k).reduce(0) { $0 + a[i, $1] * b[$1, j] })
    }
  }
}

@Test func `scale and keeping are the two factors of the general product`() {
  let a: [Float] = [1, 2, 3, 4]
  let b: [Float] = [1, 0, 0, 1]
  var result: [Float] = [10, 10, 10, 10]
  var span = result.mutableSpan
  multiply(
    a.span, by: b.span, shape: ProductShape(rows: 2, columns: 2, inner: 2), scale: 2, keeping: 0.5,
    into: &span)
  #expect(result == [7, 9, 11, 13])
}

@Test func `empty extents give empty or zero results`() {
  #expect((Matrix<Float>(rows: 0, columns: 3) * Matrix(rows: 3, columns: 2)).elements.isEmpty)
  let zero = Matrix<Float>(rows: 2, columns: 0) * Matrix(rows: 0, columns: 2)
  #expect(zero.elements == [0, 0, 0, 0])
}

@Test func `a large product agrees with double precision`() {
  let n = 129
  let elements = (0..<n * n).map { Float(($0 * 7919) % 1009) / 1009 - 0.5 }
  let single = Matrix<Float>(rows: n, columns: n, elements: elements)
  let double = Matrix<Double>(rows: n, columns: n, elements: elements.map(Double.init))
  let (a, b) = (single * single, double * double)
  for (x, y) in zip(a.elements, b.elements) { #expect(abs(Double(x) - y) < 1e-4) }
}
