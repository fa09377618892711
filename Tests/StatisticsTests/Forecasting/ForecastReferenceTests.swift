import Foundation
import Statistics
import TestSupport
import Testing

@Suite(.enabled(if: SharedData.isPresent, "the shared reference data are not here"))
struct ForecastReferenceTests {
  @Test(
    "forecasts equal the reference's on 36 fields",
    arguments: [
      (ForecastMethod.lastValue, "naive_last", 1e-10), (.drift, "drift", 1e-10),
      (.negativeBinomial, "negbin_all_years", 1e-8),
      (.recentNegativeBinomial, "negbin_2006_2015", 1e-8),
    ])
  func closedForms(_ method: ForecastMethod, _ name: String, _ tolerance: Double) throws {
    let fields = try PatentFields()
    #expect(fields.series.count == 36)
    for (field, values) in fields.series {
      let mine = try #require(method.forecast(Array(values[..<18]), horizon: 5))
      let theirs = try #require(fields.forecasts["\(field)/\(name)"])
      for (a, b) in zip(mine, theirs) { #expect(abs(a / b - 1) < tolerance, "\(field)") }
    }
  }

  @Test func `the logistic curve errs as the reference's does`() throws {
    let fields = try PatentFields()
    for (field, values) in fields.series {
      let mine = try #require(ForecastMethod.logistic.forecast(Array(values[..<18]), horizon: 5))
      let theirs = try #require(fields.errors["\(field)/mape_cumulative_logistic"])
      #expect(abs(PatentFields.error(mine, of: values) / theirs - 1) < 0.05, "\(field)")
    }
  }

  // The reference's optimiser is local and ours searches a grid: in single fields they differ, and
  // the typical field tells whether the model is the same.
  @Test func `the damped trend errs as the reference's does in the typical field`() throws {
    let fields = try PatentFields()
    var (ratios, mine, theirs): ([Double], [Double], [Double]) = ([], [], [])
    for (field, values) in fields.series {
      let said = try #require(ForecastMethod.dampedTrend.forecast(Array(values[..<18]), horizon: 5))
      mine.append(PatentFields.error(said, of: values))
      theirs.append(try #require(fields.errors["\(field)/mape_damped_ets"]))
      ratios.append(abs(mine[mine.count - 1] / theirs[theirs.count - 1] - 1))
    }
    let median = { QuantileRule.linear.quantile(0.5, of: $0) ?? .nan }
    print(
      "damped trend: \(ratios.filter { $0 < 0.05 }.count) of 36 fields within 5 %,",
      "median difference \(median(ratios)), median MAPE \(median(mine)) and \(median(theirs))")
    #expect(median(ratios) < 0.05)
    #expect(abs(median(mine) / median(theirs) - 1) < 0.05)
  }

  // Bar 1 of the outlook: at every year from 2009 on, with nothing but the years before it.
  @Test func `what is shown is no worse than the last value, and intervals cover`() throws {
    var (ratios, covered, years, shown): ([Double], [Int], Int, Int) = ([], [0, 0], 0, 0)
    var origins = 0
    for (_, values) in try PatentFields().series {
      let test = BackTest(values, horizon: 5)
      var (own, naive) = (0.0, 0.0)
      for origin in 11..<values.count {
        let forecast = try #require(SeriesForecast(test, asOf: origin))
        origins += 1
        if forecast.method != .lastValue { shown += 1 }
        for (point, value) in zip(forecast.points, values[origin...]) {
          own += abs(point.value - value)
          naive += abs(values[origin - 1] - value)
          years += 1
          for (place, interval) in [point.interval80, point.interval95].enumerated() {
            if let interval, interval.lower <= value, value <= interval.upper {
              covered[place] += 1
            }
          }
        }
      }
      ratios.append(own / naive)
    }
    let median = try #require(QuantileRule.linear.quantile(0.5, of: ratios))
    let share80 = Double(covered[0]) / Double(years)
    let share95 = Double(covered[1]) / Double(years)
    print(
      "outlook: median relative error \(median), mean",
      ratios.reduce(0, +) / Double(ratios.count), "better in", ratios.filter { $0 < 1 }.count,
      "worse in", ratios.filter { $0 > 1 }.count, "of 36; a method shown at", shown, "of", origins,
      "origins; coverage \(share80) and \(share95) of \(years) years")
    #expect(median <= 1.0)
    #expect((0.70...0.90).contains(share80))
    #expect(share95 > share80)
  }
}
