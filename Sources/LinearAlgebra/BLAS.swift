internal import COpenBLAS

// Every call into BLAS and LAPACK stands in this file. All pointers come from arrays or spans that
// outlive the call, and the callers have checked the extents.

/// Read before the first product: OpenBLAS must not start threads of its own, because the sum order
/// would depend on them and because we run one product in each of our own threads.
private let threadsAreOurs: Void = openblas_set_num_threads(1)

private func flag(_ orientation: Orientation) -> CBLAS_TRANSPOSE {
  orientation == .plain ? CblasNoTrans : CblasTrans
}

/// The leading dimensions of row-major factors without gaps; BLAS insists on at least 1.
private func strides(
  _ shape: ProductShape, _ left: Orientation, _ right: Orientation
) -> (left: Int32, right: Int32, result: Int32) {
  (
    Int32(max(1, left == .plain ? shape.inner : shape.rows)),
    Int32(max(1, right == .plain ? shape.columns : shape.inner)), Int32(max(1, shape.columns))
  )
}

extension Float: MatrixScalar {
  /// The product, by BLAS.
  public static func product(
    _ left: Span<Float>, _ leftOrientation: Orientation, _ right: Span<Float>,
    _ rightOrientation: Orientation, shape: ProductShape, scale: Float, keeping: Float,
    into result: inout MutableSpan<Float>
  ) {
    _ = threadsAreOurs
    let stride = strides(shape, leftOrientation, rightOrientation)
    unsafe left.withUnsafeBufferPointer { a in
      unsafe right.withUnsafeBufferPointer { b in
        unsafe result.withUnsafeMutableBufferPointer { c in
          unsafe cblas_sgemm(
            CblasRowMajor, flag(leftOrientation), flag(rightOrientation), Int32(shape.rows),
            Int32(shape.columns), Int32(shape.inner), scale, a.baseAddress, stride.left,
            b.baseAddress, stride.right, keeping, c.baseAddress, stride.result)
        }
      }
    }
  }

  /// The Cholesky factor, by LAPACK's `potrf`.
  public static func factorCholesky(_ elements: inout [Float], order: Int) -> Int {
    _ = threadsAreOurs
    let n = Int32(order)
    return Int(
      unsafe LAPACKE_spotrf(LAPACK_ROW_MAJOR, lower, n, &elements, max(1, n)))
  }

  /// The solution, by LAPACK's `potrs`.
  public static func solveCholesky(
    _ factor: [Float], order: Int, _ rightSides: inout [Float], columns: Int
  ) {
    let (n, m) = (Int32(order), Int32(columns))
    _ = unsafe LAPACKE_spotrs(
      LAPACK_ROW_MAJOR, lower, n, m, factor, max(1, n), &rightSides, max(1, m))
  }

  /// The eigenvalues, by LAPACK's `syevd`.
  public static func decomposeSymmetric(
    _ elements: inout [Float], order: Int, values: inout [Float], vectors: Bool
  ) -> Int {
    _ = threadsAreOurs
    let n = Int32(order)
    return Int(
      unsafe LAPACKE_ssyevd(
        LAPACK_ROW_MAJOR, vectors ? withVectors : valuesOnly, lower, n, &elements, max(1, n),
        &values))
  }

  /// The least-squares solution, by LAPACK's `gelsd`.
  public static func solveLeastSquares(
    _ elements: inout [Float], rows: Int, columns: Int, _ rightSides: inout [Float],
    rightColumns: Int, tolerance: Float
  ) -> (status: Int, rank: Int) {
    _ = threadsAreOurs
    var singularValues = [Float](repeating: 0, count: max(1, min(rows, columns)))
    var rank: Int32 = 0
    let status = unsafe LAPACKE_sgelsd(
      LAPACK_ROW_MAJOR, Int32(rows), Int32(columns), Int32(rightColumns), &elements,
      Int32(max(1, columns)), &rightSides, Int32(max(1, rightColumns)), &singularValues, tolerance,
      &rank)
    return (Int(status), Int(rank))
  }
}

extension Double: MatrixScalar {
  /// The product, by BLAS.
  public static func product(
    _ left: Span<Double>, _ leftOrientation: Orientation, _ right: Span<Double>,
    _ rightOrientation: Orientation, shape: ProductShape, scale: Double, keeping: Double,
    into result: inout MutableSpan<Double>
  ) {
    _ = threadsAreOurs
    let stride = strides(shape, leftOrientation, rightOrientation)
    unsafe left.withUnsafeBufferPointer { a in
      unsafe right.withUnsafeBufferPointer { b in
        unsafe result.withUnsafeMutableBufferPointer { c in
          unsafe cblas_dgemm(
            CblasRowMajor, flag(leftOrientation), flag(rightOrientation), Int32(shape.rows),
            Int32(shape.columns), Int32(shape.inner), scale, a.baseAddress, stride.left,
            b.baseAddress, stride.right, keeping, c.baseAddress, stride.result)
        }
      }
    }
  }

  /// The Cholesky factor, by LAPACK's `potrf`.
  public static func factorCholesky(_ elements: inout [Double], order: Int) -> Int {
    _ = threadsAreOurs
    let n = Int32(order)
    return Int(
      unsafe LAPACKE_dpotrf(LAPACK_ROW_MAJOR, lower, n, &elements, max(1, n)))
  }

  /// The solution, by LAPACK's `potrs`.
  public static func solveCholesky(
    _ factor: [Double], order: Int, _ rightSides: inout [Double], columns: Int
  ) {
    let (n, m) = (Int32(order), Int32(columns))
    _ = unsafe LAPACKE_dpotrs(
      LAPACK_ROW_MAJOR, lower, n, m, factor, max(1, n), &rightSides, max(1, m))
  }

  /// The eigenvalues, by LAPACK's `syevd`.
  public static func decomposeSymmetric(
    _ elements: inout [Double], order: Int, values: inout [Double], vectors: Bool
  ) -> Int {
    _ = threadsAreOurs
    let n = Int32(order)
    return Int(
      unsafe LAPACKE_dsyevd(
        LAPACK_ROW_MAJOR, vectors ? withVectors : valuesOnly, lower, n, &elements, max(1, n),
        &values))
  }

  /// The least-squares solution, by LAPACK's `gelsd`.
  public static func solveLeastSquares(
    _ elements: inout [Double], rows: Int, columns: Int, _ rightSides: inout [Double],
    rightColumns: Int, tolerance: Double
  ) -> (status: Int, rank: Int) {
    _ = threadsAreOurs
    var singularValues = [Double](repeating: 0, count: max(1, min(rows, columns)))
    var rank: Int32 = 0
    let status = unsafe LAPACKE_dgelsd(
      LAPACK_ROW_MAJOR, Int32(rows), Int32(columns), Int32(rightColumns), &elements,
      Int32(max(1, columns)), &rightSides, Int32(max(1, rightColumns)), &singularValues, tolerance,
      &rank)
    return (Int(status), Int(rank))
  }
}

private let lower = CChar(UInt8(ascii: "L"))
private let withVectors = CChar(UInt8(ascii: "V"))
private let valuesOnly = CChar(UInt8(ascii: "N"))
