import Foundation
public import LinearAlgebra

/// Which variants of a region cause a trait, by a sum of single effects.
///
/// Wang, Sarkar, Carbonetto & Stephens, A simple new approach to variable selection in regression,
/// JRSS B 2020; iterative Bayesian stepwise selection on the cross products, which individual data
/// and summary statistics both give. The prior variance of each effect and the residual variance are
/// estimated, as in susieR.
public struct SuSiE: Sendable {
  /// What is assumed.
  public struct Settings: Hashable, Sendable {
    /// The most causes.
    public var effects = 10
    /// The prior variance of an effect, as a share of the trait's.
    public var scaledPriorVariance = 0.2
    /// Whether the residual variance is estimated; with summary statistics it stays the trait's.
    public var estimatesResidualVariance = true
    /// The gain in the evidence's lower bound at which it ends.
    public var tolerance = 1e-3
    /// The most rounds.
    public var rounds = 100
    /// How sure a credible set is to hold a cause.
    public var coverage = 0.95
    /// The least correlation within a credible set.
    public var purity = 0.5

    /// The usual ones.
    public init() {}
  }

  /// Variants of which one is a cause.
  public struct CredibleSet: Hashable, Sendable {
    /// Their places, ascending.
    public let variants: [Int]
    /// The probability that the cause is among them.
    public let coverage: Double
    /// The least absolute correlation between two of them.
    public let purity: Double
  }

  /// The probability of each variant to be a cause.
  public let inclusion: [Double]
  /// The credible sets, the purest first.
  public let credibleSets: [CredibleSet]
  /// The lower bound of the evidence after each round.
  public let bounds: [Double]
  /// Whether it came to rest.
  public let isConverged: Bool

  /// From individual data: the variants' columns and the trait.
  public static func fit(
    _ columns: [[Double]], trait: [Double], settings: Settings = Settings()
  ) throws(BiobankError) -> SuSiE {
    guard trait.count > 2, !columns.isEmpty, columns.allSatisfy({ $0.count == trait.count }) else {
      throw .noEstimate("fine mapping needs people, and variants with a value for each")
    }
    let count = Double(trait.count)
    func centred(_ values: [Double]) -> [Double] {
      let mean = values.reduce(0, +) / count
      return values.map { $0 - mean }
    }
    let y = centred(trait)
    // Columns of deviation 1; one that does not vary stays at 0.
    let standard = columns.map { column -> [Double] in
      let values = centred(column)
      let deviation = (values.reduce(0) { $0 + $1 * $1 } / (count - 1)).squareRoot()
      return deviation > 0 ? values.map { $0 / deviation } : values
    }
    let matrix = Matrix(standard)
    return try SuSiE(
      cross: matrix.times(.plain, matrix, .transposed),
      products: matrix.applied(to: y), square: y.reduce(0) { $0 + $1 * $1 }, people: trait.count,
      settings: settings)
  }

  /// From z-scores and correlations; effects are in deviations of the trait.
  public static func fit(
    zScores: [Double], correlations: Matrix<Double>, people: Int, settings: Settings = Settings()
  ) throws(BiobankError) -> SuSiE {
    let n = Double(people)
    // z shrinks by what the variant itself explains.
    let adjusted = zScores.map { $0 * ((n - 1) / ($0 * $0 + n - 2)).squareRoot() }
    var own = settings
    own.estimatesResidualVariance = false
    return try SuSiE(
      cross: Matrix(
        rows: correlations.rows, columns: correlations.columns,
        elements: correlations.elements.map { $0 * (n - 1) }),
      products: adjusted.map { $0 * (n - 1).squareRoot() }, square: n - 1, people: people,
      settings: own)
  }

  private init(
    cross: Matrix<Double>, products: [Double], square: Double, people: Int, settings: Settings
  ) throws(BiobankError) {
    guard cross.rows == products.count, cross.columns == products.count, people > 2, square > 0,
      settings.effects > 0
    else { throw .noEstimate("fine mapping needs a square of correlations, and people") }
    var state = EffectSum(
      cross: cross, products: products, square: square, people: people, settings: settings)
    var bounds: [Double] = [-.infinity]
    var isConverged = false
    for _ in 0..<settings.rounds {
      state.sweep()
      bounds.append(state.bound)
      if bounds[bounds.count - 1] - bounds[bounds.count - 2] < settings.tolerance {
        isConverged = true
        break
      }
      if settings.estimatesResidualVariance { state.estimateResidualVariance() }
    }
    self.bounds = Array(bounds.dropFirst())
    self.isConverged = isConverged
    let kept = state.effects.filter { $0.priorVariance > 1e-9 }
    inclusion = products.indices.map { variant in
      1 - kept.reduce(1) { $0 * (1 - $1.alpha[variant]) }
    }
    credibleSets = Self.sets(kept, cross, settings)
  }

  private static func sets(
    _ effects: [SingleEffect], _ cross: Matrix<Double>, _ settings: Settings
  ) -> [CredibleSet] {
    var seen = Set<[Int]>()
    var sets: [CredibleSet] = []
    for effect in effects {
      let ordered = effect.alpha.indices.sorted {
        (-effect.alpha[$0], $0) < (-effect.alpha[$1], $1)
      }
      var members: [Int] = []
      var sum = 0.0
      for variant in ordered {
        members.append(variant)
        sum += effect.alpha[variant]
        if sum >= settings.coverage { break }
      }
      members.sort()
      var purity = 1.0
      for (place, one) in members.enumerated() {
        for other in members[(place + 1)...] {
          let scale = (cross[one, one] * cross[other, other]).squareRoot()
          purity = min(purity, scale > 0 ? abs(cross[one, other]) / scale : 0)
        }
      }
      guard purity >= settings.purity, seen.insert(members).inserted else { continue }
      sets.append(CredibleSet(variants: members, coverage: sum, purity: purity))
    }
    return sets.sorted { ($0.purity, $1.variants.count) > ($1.purity, $0.variants.count) }
  }
}
