/// Whether the means of several treatments differ, the blocks' own differences taken out.
public struct RepeatedMeasuresAnova: Codable, Hashable, Sendable {
  /// The mean square between the treatments over that of the error.
  public let f: Double
  /// The degrees of freedom of the treatments.
  public let treatmentDegrees: Int
  /// The degrees of freedom of the error.
  public let errorDegrees: Int
  /// The mean square of the error.
  public let errorMeanSquare: Double
  /// The chance of so large an F where all means are equal.
  public let pValue: Double
  /// Greenhouse and Geisser's ε: 1 where all differences of treatments vary alike, down to 1 over
  /// the treatments' degrees of freedom.
  public let sphericity: Double
  /// The p-value with the degrees of freedom times ε.
  public let correctedPValue: Double
  /// What remains of each score: block by block.
  public let residuals: [[Double]]

  /// Analyses a table.
  public init(_ table: ScoreTable) {
    let (n, k) = (Double(table.blocks.count), Double(table.treatments.count))
    let means = table.means
    let grand = Moments.sum(means) / k
    let blockMeans = table.blocks.map { Moments.sum($0) / k }
    residuals = zip(table.blocks, blockMeans).map { block, blockMean in
      zip(block, means).map { $0 - blockMean - $1 + grand }
    }
    treatmentDegrees = table.treatments.count - 1
    errorDegrees = treatmentDegrees * (table.blocks.count - 1)
    let between = n * Moments.sum(means.map { ($0 - grand) * ($0 - grand) })
    let error = Moments.sum(residuals.joined().map { $0 * $0 })
    // Rounding leaves a trace where the scores differ by constants alone.
    let scale = Moments.sum(table.blocks.joined().map { $0 * $0 })
    let isExact = error <= scale * 1e-28
    errorMeanSquare = isExact ? 0 : error / Double(errorDegrees)
    if isExact {
      f = between <= scale * 1e-28 ? 0 : .infinity
    } else {
      f = between / Double(treatmentDegrees) / errorMeanSquare
    }
    pValue = FisherF.share(
      above: f, numerator: Double(treatmentDegrees), denominator: Double(errorDegrees))
    sphericity = isExact ? 1 : Self.epsilon(residuals, treatmentDegrees)
    correctedPValue = FisherF.share(
      above: f, numerator: Double(treatmentDegrees) * sphericity,
      denominator: Double(errorDegrees) * sphericity)
  }

  /// From the covariance of the doubly centred scores; Greenhouse, Geisser: Psychometrika 1959.
  private static func epsilon(_ residuals: [[Double]], _ degrees: Int) -> Double {
    let k = degrees + 1
    var covariance = [[Double]](repeating: [Double](repeating: 0, count: k), count: k)
    for block in residuals {
      for i in 0..<k { for j in 0..<k { covariance[i][j] += block[i] * block[j] } }
    }
    let trace = (0..<k).reduce(0) { $0 + covariance[$1][$1] }
    let squares = covariance.joined().reduce(0) { $0 + $1 * $1 }
    return squares > 0 ? min(1, trace * trace / (Double(degrees) * squares)) : 1
  }
}
