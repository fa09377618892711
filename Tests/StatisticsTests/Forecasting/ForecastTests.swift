import Foundation
import Statistics
import Testing

struct ForecastTests {
  @Test(arguments: ForecastMethod.allCases)
  func `a method says nothing of a series too short for it`(_ method: ForecastMethod) {
    let short = [Double](repeating: 3, count: method.minimumCount - 1)
    #expect(method.forecast(short, horizon: 3) == nil)
  }

  @Test(arguments: ForecastMethod.allCases.filter { $0 != .logistic })
  func `a level series stays level`(_ method: ForecastMethod) throws {
    let said = try #require(method.forecast([Double](repeating: 40, count: 14), horizon: 4))
    for value in said { #expect(abs(value - 40) < 1e-6) }
  }

  // It must bend, even where the sums are a straight line: this is why it loses on real counts.
  @Test func `an S-curve sees the end of a level series, and the back-test catches it`() throws {
    let level = [Double](repeating: 40, count: 20)
    let said = try #require(ForecastMethod.logistic.forecast(level, horizon: 4))
    #expect(zip(said, said.dropFirst()).allSatisfy { $0 > $1 })
    #expect(said[0] < 30)
    #expect(!BackTest(level, horizon: 4).verdict(.logistic).isBetter)
  }

  @Test(arguments: ForecastMethod.allCases)
  func `zeros and falls never give a count below 0`(_ method: ForecastMethod) {
    let fall = (0..<12).map { year in Double(max(0, 44 - 4 * year)) }
    for values in [[Double](repeating: 0, count: 12), fall] {
      guard let said = method.forecast(values, horizon: 6) else { continue }
      #expect(said.allSatisfy { $0 >= 0 && $0.isFinite })
    }
  }

  @Test func `a trend made by the damped rule is found again`() throws {
    var (level, trend) = (100.0, 20.0)
    let values = (0..<25).map { _ in
      trend *= 0.9
      level += trend
      return level
    }
    let said = try #require(DampedTrend(values)).forecast(2)
    #expect(abs(said[0] - (level + trend * 0.9)) < 0.05)
    #expect(abs(said[1] - (level + trend * (0.9 + 0.81))) < 0.1)
  }

  @Test func `growth by a constant factor is carried on`() throws {
    let values = (0..<12).map { 10 * pow(1.2, Double($0)) }
    let fit = try #require(NegativeBinomialTrend(values))
    #expect(abs(fit.growth - log(1.2)) < 1e-9)
    #expect(abs(fit.forecast(1)[0] / (10 * pow(1.2, 12)) - 1) < 1e-9)
  }

  @Test func `an S-curve is found again`() throws {
    let sums = (0...20).map { 500 / (1 + exp(-0.5 * (Double($0) - 11))) }
    let counts = [sums[0]] + zip(sums.dropFirst(), sums).map { $0 - $1 }
    let fit = try #require(LogisticCurve(counts))
    #expect(abs(fit.ceiling - 500) < 1)
    #expect(abs(fit.rate - 0.5) < 1e-2)
    #expect(abs(fit.middle - 11) < 0.05)
  }
}

struct BackTestTests {
  @Test func `steady growth beats the last value and is shown`() throws {
    let test = BackTest((0..<20).map { 100 + 25 * Double($0) }, horizon: 3)
    #expect(test.verdict(.drift).isBetter)
    let forecast = try #require(SeriesForecast(test))
    #expect(forecast.method != .lastValue)
    #expect(abs(forecast.points[2].value - 650) < 15)
  }

  @Test func `of a random walk the last value is shown, and said to be`() throws {
    var random = Xoshiro256(seed: 9)
    var shown = 0
    for _ in 0..<60 {
      var value = 200.0
      let values = (0..<22).map { _ in
        value = max(1, value + 20 * (random.drawUnit() + random.drawUnit() - 1))
        return value
      }
      let forecast = try #require(SeriesForecast(BackTest(values, horizon: 3)))
      if forecast.method == .lastValue {
        #expect(forecast.points.allSatisfy { $0.value == value })
        #expect(forecast.reason.contains("no method beat"))
      } else {
        shown += 1
      }
    }
    // Five methods at 5 %, with origins that overlap, must stay below one in two.
    #expect(shown < 30)
  }

  @Test func `what comes later changes nothing that was said before`() {
    let past: [Double] = (0..<15).map { (year: Int) -> Double in
      let season = 7 * (year % 3)
      return Double(50 + 3 * year + season)
    }
    let short = BackTest(past, horizon: 4)
    let long = BackTest(past + [900, 1, 900, 1], horizon: 4)
    #expect(SeriesForecast(short) == SeriesForecast(long, asOf: 15))
    #expect(short.spread(.drift) == long.spread(.drift, asOf: 15))
  }

  @Test func `a short series has the last value, without an interval`() throws {
    let forecast = try #require(SeriesForecast(BackTest([3, 4], horizon: 2)))
    #expect(forecast.method == .lastValue)
    #expect(forecast.points.map(\.value) == [4, 4])
    #expect(forecast.points.allSatisfy { $0.interval80 == nil && $0.interval95 == nil })
    #expect(forecast.reason.contains("too short"))
    #expect(SeriesForecast(BackTest([], horizon: 2)) == nil)
  }

  @Test func `intervals widen with the years and with the confidence`() throws {
    let values: [Double] = (0..<25).map { (year: Int) -> Double in
      let step = (year * 7) % 5
      return Double(100 + 10 * step)
    }
    let points = try #require(SeriesForecast(BackTest(values, horizon: 4))).points
    for point in points {
      let narrow = try #require(point.interval80)
      let wide = try #require(point.interval95)
      #expect(wide.lower <= narrow.lower && narrow.upper <= wide.upper)
    }
    let widths = try points.map { try #require($0.interval80) }.map { $0.upper - $0.lower }
    #expect(zip(widths, widths.dropFirst()).allSatisfy { $0 < $1 })
  }
}

struct TrendTests {
  // By hand: of 10 marked among 20, five drawn are all marked in C(10,5)/C(20,5) ways.
  @Test func `the hypergeometric tail is right by hand and at its ends`() {
    let p = Hypergeometric.share(from: 5, drawn: 5, marked: 10, of: 20)
    #expect(abs(p - 252.0 / 15504) < 1e-13)
    #expect(Hypergeometric.share(from: 0, drawn: 5, marked: 10, of: 20) == 1)
    #expect(Hypergeometric.share(from: 6, drawn: 5, marked: 10, of: 20) == 0)
    #expect(Hypergeometric.share(from: 3, drawn: 18, marked: 5, of: 20) == 1)
    // Far below the mean the whole sum is walked.
    let nearlyAll = Hypergeometric.share(from: 1, drawn: 500, marked: 600, of: 2000)
    #expect(abs(nearlyAll - 1) < 1e-10)
  }

  @Test func `a rise is found whatever its shape, and ties are no trend`() {
    #expect(MannKendall([1, 2, 4, 8, 16, 32, 64, 128]).score == 28)
    #expect(MannKendall([1, 2, 4, 8, 16, 32, 64, 128]).pValue < 0.001)
    #expect(MannKendall([5, 5, 5, 5]).pValue == 1)
    #expect(MannKendall([]).pValue == 1)
    #expect(MannKendall([9, 7, 5, 3, 1]).score == -10)
  }
}

struct CompletenessTests {
  @Test func `a lag of 18 months leaves nothing of the last year and half of the one before`() {
    let shares = Completeness(lag: 18, snapshot: 12)
    #expect(shares[age: 0] == 0)
    #expect(shares[age: 1] == 0.5)
    #expect(shares[age: 2] == 1)
    #expect(shares[age: 30] == 1)
  }

  @Test func `cut years are made whole again, and those hardly known are left out`() {
    #expect(Completeness(lag: 18).corrected([80, 80, 40, 0]) == [80, 80, 80])
    #expect(Completeness.full.corrected([1, 2, 3]) == [1, 2, 3])
    #expect(Completeness([0, 0, 0]).corrected([5, 5]) == [])
  }

  @Test func `two snapshots give the shares by which the older one was short`() throws {
    // Every year comes to 100; a year later 40, then 80, then all are known.
    let older = [2010: 100.0, 2011: 100, 2012: 80, 2013: 40]
    let newer = [2010: 100.0, 2011: 100, 2012: 100, 2013: 80, 2014: 40]
    let shares = try #require(Completeness(older: older, newer: newer))
    #expect(abs(shares[age: 0] - 0.4) < 1e-12)
    #expect(abs(shares[age: 1] - 0.8) < 1e-12)
    #expect(shares[age: 2] == 1)
    #expect(Completeness(older: newer, newer: older) == nil)
  }
}
