internal import LinearAlgebra
public import Parallelism

/// The directions in which people differ most: eigenvectors of their relationship matrix.
public struct PrincipalComponents: Sendable {
  /// How they were found.
  public enum Method: String, Hashable, Sendable {
    /// All eigenvectors, each pair of people over its own variants.
    case exact = "exact, each pair over the variants that both have"
    /// Randomised block Krylov iteration, missing genotypes as the mean.
    case randomised = "randomised, missing genotypes as the mean"
  }

  /// The people's rows in the file, in the order of their family's and their own names.
  public let rows: [Int]
  /// The eigenvalues, the largest first.
  public let values: [Double]
  /// The unit eigenvectors, one for each value, by person; the largest element is positive.
  public let vectors: [[Double]]
  /// How many variants they are made of.
  public let variants: Int
  /// How they were found.
  public let method: Method

  /// Eigenvalues below this share of the first are nought.
  private static let least = 1e-9

  /// Finds the components of people at variants.
  ///
  /// People are taken in the order of their names, so that the order of the file does not matter.
  ///
  /// - Parameters:
  ///   - variants: places of variants on autosomes.
  ///   - rows: the people.
  ///   - frequency: the least frequency of a variant among these people.
  ///   - isExact: whether all eigenvectors are found, which takes memory for people².
  ///   - seed: of the randomised method.
  public init(
    _ files: PlinkFiles, variants: [Int], rows: [Int], frequency: Double, count: Int,
    isExact: Bool, seed: UInt64 = 1, pool: WorkerPool
  ) throws(BiobankError) {
    precondition(count > 0, "at least one component")
    self.rows = rows.sorted { files.people[$0].precedes(files.people[$1]) }
    let genotypes = StandardisedGenotypes(
      files, variants: variants, rows: self.rows, frequency: frequency)
    self.variants = genotypes.variants.count
    method = isExact ? .exact : .randomised
    guard rows.count > 1 else { throw .noEstimate("components need two people at least") }
    guard self.variants > 0 else {
      throw .noEstimate("no variant of an autosome varies enough for components")
    }
    let found: (values: [Double], vectors: Matrix<Double>)
    do throws(LinearAlgebraError) {
      found =
        isExact
        ? try Self.first(count, of: genotypes.relationships(pool))
        : try genotypes.randomisedComponents(count: count, seed: seed, pool)
    } catch { throw .noEstimate("the components: \(error)") }
    // The mean takes one direction away.
    let wanted = min(count, rows.count - 1, found.values.count)
    let first = found.values.first ?? 0
    values = Array(found.values.prefix(wanted).prefix { $0 > first * Self.least })
    vectors = values.indices.map { column in
      let vector = (0..<rows.count).map { found.vectors[$0, column] }
      let largest = vector.max { abs($0) < abs($1) } ?? 1
      return largest < 0 ? vector.map { -$0 } : vector
    }
  }

  private static func first(
    _ count: Int, of matrix: Matrix<Double>
  ) throws(LinearAlgebraError) -> (values: [Double], vectors: Matrix<Double>) {
    try SymmetricEigenvalues(of: matrix, vectors: true).largest(count)
  }
}

extension SymmetricEigenvalues<Double> {
  /// The largest values and their vectors, the largest first; all of them without a count.
  func largest(_ count: Int = .max) -> (values: [Double], vectors: Matrix<Double>) {
    let (order, count) = (values.count, min(count, values.count))
    var turned = Matrix<Double>(rows: order, columns: count)
    if let vectors {
      for row in 0..<order {
        for column in 0..<count { turned[row, column] = vectors[row, order - 1 - column] }
      }
    }
    return (Array(values.reversed().prefix(count)), turned)
  }
}

extension PlinkFiles.Person {
  /// The order of names, by bytes: family, then person.
  func precedes(_ other: PlinkFiles.Person) -> Bool {
    family == other.family
      ? id.utf8.lexicographicallyPrecedes(other.id.utf8)
      : family.utf8.lexicographicallyPrecedes(other.family.utf8)
  }
}
