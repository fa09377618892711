internal import LinearAlgebra
internal import Parallelism
internal import Statistics

extension StandardisedGenotypes {
  /// Powers of the matrix beyond the first, and blocks that are in memory at a time.
  private static let powers = 10, round = 8

  /// The first eigenvalues and vectors of Z ᵀZ / variants, by randomised block Krylov iteration.
  ///
  /// Halko, Martinsson, Shkolnisky & Tygert, SIAM J. Sci. Comput. 2011, 33, 2580: random vectors,
  /// and their images under ten powers of the matrix, span a space that holds the first
  /// eigenvectors; within it the problem is small. Each image is made orthogonal to the ones before,
  /// since high powers look alike. Twice as many vectors as components, as plink2's `approx`.
  ///
  /// - Returns: values and vectors, the largest first, at least `count` where there are as many.
  /// - Complexity: O(powers × count × people × variants), memory O(powers × count × people)
  func randomisedComponents(
    count: Int, seed: UInt64, _ pool: WorkerPool
  ) throws(LinearAlgebraError) -> (values: [Double], vectors: Matrix<Double>) {
    let people = rows.count
    var generator = Xoshiro256(seed: seed)
    let width = min(2 * count, people)
    // Signs serve as well as normal numbers, and are exact.
    var next = Matrix<Double>(
      rows: people, columns: width,
      elements: (0..<people * width).map { _ in generator.next() >> 63 == 0 ? -1 : 1 })
    var basis: [Matrix<Double>] = []
    var images: [Matrix<Double>] = []
    for _ in 0...Self.powers {
      let part = try Self.orthonormal(next, against: basis)
      guard part.columns > 0 else { break }
      let image = applied(to: part, pool)
      basis.append(part)
      images.append(image)
      next = image
    }
    let whole = Self.beside(basis)
    let small = whole.times(.transposed, Self.beside(images), .plain)
    let found = try SymmetricEigenvalues(of: small, vectors: true).largest()
    return (found.values, whole * found.vectors)
  }

  /// Z ᵀ(Z x) / variants.
  private func applied(to vectors: Matrix<Double>, _ pool: WorkerPool) -> Matrix<Double> {
    var sums = [Double](repeating: 0, count: rows.count * vectors.columns)
    for first in stride(from: 0, to: blocks, by: Self.round) {
      let parts = pool.map(min(Self.round, blocks - first)) { number in
        let block = block(first + number)
        let values = Matrix(rows: block.count, columns: rows.count, elements: block.values)
        return values.times(.transposed, values * vectors, .plain)
      }
      for part in parts {
        for place in sums.indices { sums[place] += part.elements[place] }
      }
    }
    let scale = 1 / Double(variants.count)
    return Matrix(
      rows: rows.count, columns: vectors.columns, elements: sums.map { $0 * scale })
  }

  /// An orthonormal basis of what the vectors add to the bases before; it may be narrower.
  private static func orthonormal(
    _ vectors: Matrix<Double>, against basis: [Matrix<Double>]
  ) throws(LinearAlgebraError) -> Matrix<Double> {
    var result = vectors
    // Twice is enough (Giraud, Langou & Rozložník 2005).
    for _ in 0..<2 {
      for part in basis {
        let known = part * part.times(.transposed, result, .plain)
        result = Matrix(
          rows: result.rows, columns: result.columns,
          elements: zip(result.elements, known.elements).map { $0 - $1 })
      }
      let found = try SymmetricEigenvalues(
        of: result.times(.transposed, result, .plain), vectors: true
      ).largest()
      // Squares of lengths: below this share only rounding is left.
      let kept = found.values.prefix { $0 > (found.values.first ?? 0) * 1e-14 && $0 > 1e-24 }.count
      var turn = Matrix<Double>(rows: result.columns, columns: kept)
      for column in 0..<kept {
        let scale = 1 / found.values[column].squareRoot()
        for row in 0..<result.columns { turn[row, column] = found.vectors[row, column] * scale }
      }
      result = result * turn
    }
    return result
  }

  /// Matrices of as many rows, side by side.
  private static func beside(_ parts: [Matrix<Double>]) -> Matrix<Double> {
    let rows = parts.first?.rows ?? 0
    var elements: [Double] = []
    elements.reserveCapacity(parts.reduce(0) { $0 + $1.elements.count })
    for row in 0..<rows {
      for part in parts { elements += part.row(row) }
    }
    return Matrix(
      rows: rows, columns: parts.reduce(0) { $0 + $1.columns }, elements: elements)
  }
}
