import Foundation

@testable import Statistics

/// The values of R's survival, glmnet and metafor: see `Tests/References/observational.R`.
struct ObservationalReferences: Decodable {
  struct Rows: Decodable {
    var site, treatment, event, count, folds, person, window, season: [Int]
    var x1, x2, x3, time, years, known: [Double]
  }
  struct Cox: Decodable {
    var coefficients, errors, robust: [Double]
    var likelihood, score, start: Double
  }
  struct CoxFits: Decodable { var efron, breslow, strata, offset: Cox }
  struct Fit: Decodable {
    var coefficients, errors: [Double]
    var likelihood: Double?
  }
  struct Curve: Decodable {
    var time, survival, error, lower, upper: [Double]
    var atRisk, events: [Int]
  }
  struct LogRanks: Decodable { var plain, strata, sites: Double }
  struct Shrunk: Decodable {
    var lambda, intercept: Double
    var coefficients: [Double]
  }
  struct Cross: Decodable {
    var lambda, deviance, error: [Double]
    var minimum, oneError: Double
  }
  struct Lasso: Decodable {
    var largest: Double
    var shrunk: [Shrunk]
    var cross: Cross
  }
  struct Meta: Decodable {
    var method: String
    var estimate, error, lower, upper, tau2, q, qp, i2, hkError, hkLower, hkUpper: Double
  }
  struct Systematic: Decodable {
    var truth, estimate, spread, parameters: [Double]
    var likelihood: Double
  }
  struct Adjusted: Decodable { var p, holm, bh: [Double] }
  var rows: Rows
  var cox: CoxFits
  var poisson, logistic, conditional: Fit
  var curves: [String: Curve]
  var logRank: LogRanks
  var lasso: Lasso
  var effects, spreads: [Double]
  var meta: [Meta]
  var systematic: Systematic
  var adjusted: Adjusted

  static func read() throws -> ObservationalReferences {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../References/observational.json")
    return try JSONDecoder().decode(Self.self, from: Data(contentsOf: url))
  }

  var treatment: [Double] { rows.treatment.map(Double.init) }
  var isEvent: [Bool] { rows.event.map { $0 == 1 } }
  var ones: [Double] { [Double](repeating: 1, count: rows.time.count) }
  /// The columns of the LASSO's fits.
  var shrunkColumns: [[Double]] {
    [rows.x1, rows.x2, rows.x3, rows.years, zip(rows.x1, rows.x2).map(*), rows.known]
  }
}

/// The largest difference of two lists, relative to the larger numbers.
func gap(_ values: [Double], _ expected: [Double]) -> Double {
  guard values.count == expected.count else { return .infinity }
  return zip(values, expected).map { abs($0 - $1) / max(1, abs($1)) }.max() ?? 0
}
