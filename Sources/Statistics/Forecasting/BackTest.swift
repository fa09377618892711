import Foundation

/// What every method would have said of a series at each earlier year, and how wrong it was.
///
/// From each origin the methods see the values before it only and forecast up to the horizon
/// (Tashman, Int. J. Forecast. 2000, 16, 437). All questions are asked as of an origin: nothing that
/// came later takes part in an answer.
public struct BackTest: Hashable, Sendable {
  /// The series, a value a year, the oldest first.
  public let values: [Double]
  /// How many years ahead.
  public let horizon: Int
  /// Values before the first origin.
  public static let warmUp = 5
  /// A method is better where chance would make it look so at most this often.
  public static let level = 0.05
  /// By method, then by origin (how many values were seen).
  private let forecasts: [ForecastMethod: [[Double]?]]

  /// Forecasts from every origin.
  public init(
    _ values: [Double], methods: [ForecastMethod] = ForecastMethod.allCases, horizon: Int
  ) {
    precondition(horizon >= 1, "a horizon of \(horizon)")
    self.values = values
    self.horizon = horizon
    var forecasts: [ForecastMethod: [[Double]?]] = [:]
    for method in Set(methods).union([.lastValue]) {
      forecasts[method] = (0...values.count).map { origin in
        origin < min(Self.warmUp, values.count) || origin == 0
          ? nil : method.forecast(Array(values[..<origin]), horizon: horizon)
      }
    }
    self.forecasts = forecasts
  }

  /// The methods, in the order of their declaration.
  public var methods: [ForecastMethod] {
    ForecastMethod.allCases.filter { forecasts[$0] != nil }
  }

  /// What a method said from an origin.
  public func forecast(_ method: ForecastMethod, from origin: Int) -> [Double]? {
    forecasts[method]?[origin]
  }

  /// How a method did against the last value, on what was known at an origin.
  public struct Verdict: Hashable, Sendable {
    /// The method.
    public let method: ForecastMethod
    /// Its mean absolute error over that of the last value, on the same years; nil without any.
    public let relativeError: Double?
    /// Origins compared, and those where it was nearer and where it was farther.
    public let origins: Int, wins: Int, losses: Int
    /// One-sided p of the sign test over origins.
    ///
    /// Their years overlap, so it is a guide and not exact.
    public let pValue: Double

    /// Whether it beat the last value: a smaller error, and more often than by chance.
    public var isBetter: Bool {
      method != .lastValue && pValue <= BackTest.level && (relativeError ?? 1) < 1
    }
  }

  /// Judges a method as of an origin, at the end of the series by default.
  public func verdict(_ method: ForecastMethod, asOf end: Int? = nil) -> Verdict {
    let end = end ?? values.count
    var (own, naive) = (0.0, 0.0)
    var (origins, wins, losses) = (0, 0, 0)
    for origin in 0..<end {
      guard let mine = forecasts[method]?[origin], let last = forecasts[.lastValue]?[origin]
      else { continue }
      let years = origin..<min(end, origin + horizon)
      let (a, b) = (
        years.reduce(0) { $0 + abs(mine[$1 - origin] - values[$1]) },
        years.reduce(0) { $0 + abs(last[$1 - origin] - values[$1]) }
      )
      origins += 1
      if a < b { wins += 1 } else if a > b { losses += 1 }
      own += a / Double(years.count)
      naive += b / Double(years.count)
    }
    let relative = origins == 0 ? nil : naive > 0 ? own / naive : own > 0 ? .infinity : 1
    let p =
      wins == 0 ? 1 : IncompleteBeta.share(below: 0.5, Double(wins), Double(losses + 1))
    return Verdict(
      method: method, relativeError: relative, origins: origins, wins: wins, losses: losses,
      pValue: p)
  }

  /// The method to show as of an origin: the best of those that beat the last value, or that.
  public func choice(asOf end: Int? = nil) -> ForecastMethod {
    let origin = end ?? values.count
    let better = methods.map { verdict($0, asOf: origin) }
      .filter { $0.isBetter && forecasts[$0.method]?[origin] != nil }
    return better.min { ($0.relativeError ?? 1) < ($1.relativeError ?? 1) }?.method ?? .lastValue
  }

  /// The size of a method's errors as of an origin: |log(value / forecast)| / √years ahead, sorted.
  ///
  /// Divided by the root of the years ahead, as a random walk's errors grow, those of all horizons
  /// stand together; a short series has too few of each. Below half a count is half a count.
  public func spread(_ method: ForecastMethod, asOf end: Int? = nil) -> [Double] {
    let end = end ?? values.count
    var sizes: [Double] = []
    for origin in 0..<end {
      guard let said = forecasts[method]?[origin] else { continue }
      for year in origin..<min(end, origin + horizon) {
        let ahead = year - origin
        let ratio = log(max(values[year], 0.5) / max(said[ahead], 0.5))
        sizes.append(abs(ratio) / Double(ahead + 1).squareRoot())
      }
    }
    return sizes.sorted()
  }
}
