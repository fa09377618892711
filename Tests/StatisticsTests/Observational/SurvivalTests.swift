import Testing

@testable import Statistics

@Suite("Times to an event")
struct SurvivalTests {
  let expected: ObservationalReferences
  init() throws { expected = try .read() }

  @Test func `Kaplan and Meier's curve, Greenwood's error and its interval equal survfit`() throws {
    for (name, curve) in expected.curves {
      let rows = expected.rows.time.indices.filter { name == "all" || expected.treatment[$0] == 1 }
      let found = KaplanMeier(
        times: rows.map { expected.rows.time[$0] }, isEvent: rows.map { expected.isEvent[$0] })
      #expect(found.steps.map(\.atRisk) == curve.atRisk)
      #expect(found.steps.map(\.events) == curve.events)
      #expect(gap(found.steps.map(\.survival), curve.survival) < 1e-13)
      #expect(gap(found.steps.compactMap(\.standardError), curve.error) < 1e-13)
      #expect(gap(found.steps.compactMap { $0.interval?.lower }, curve.lower) < 1e-12)
      #expect(gap(found.steps.compactMap { $0.interval?.upper }, curve.upper) < 1e-12)
    }
  }

  @Test func `the log-rank test equals survdiff, within strata and of four groups`() throws {
    let (times, events) = (expected.rows.time, expected.isEvent)
    let groups = expected.rows.treatment
    let plain = try #require(LogRank(times: times, isEvent: events, groups: groups))
    #expect(gap([plain.chiSquared], [expected.logRank.plain]) < 1e-11)
    let strata = try #require(
      LogRank(times: times, isEvent: events, groups: groups, strata: expected.rows.site))
    #expect(gap([strata.chiSquared], [expected.logRank.strata]) < 1e-11)
    let sites = try #require(
      LogRank(times: times, isEvent: events, groups: expected.rows.site.map { $0 - 1 }))
    #expect(sites.degrees == 3)
    #expect(gap([sites.chiSquared], [expected.logRank.sites]) < 1e-11)
  }

  @Test func `a curve in which all die ends at 0 without an error or an interval`() {
    let curve = KaplanMeier(times: [1, 2, 2], isEvent: [true, true, true])
    #expect(curve.steps.last?.survival == 0)
    #expect(curve.steps.last?.standardError == nil && curve.steps.last?.interval == nil)
    #expect(curve.median == 2)
    #expect(curve.survival(after: 0.5) == 1)
  }

  @Test func `without an event there is neither a step nor a test`() {
    #expect(KaplanMeier(times: [1, 2], isEvent: [false, false]).steps.isEmpty)
    #expect(LogRank(times: [1, 2], isEvent: [false, false], groups: [0, 1]) == nil)
  }
}
