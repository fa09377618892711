import BioactivityStore
import Testing

@Suite("Merging measurements") struct MergeTests {
  let rules = CurationRules.default

  @Test func `the median of exact values, their number and their spread`() throws {
    let merged = try rules.merged([
      .init(7, reference: "a"), .init(7.2, reference: "b"), .init(7.9, reference: "c"),
    ])
    #expect(merged.value == 7.2)
    #expect(merged.measurements == 3)
    // Deviations from 7.3667: the sum of squares is .44667, over 2.
    #expect(abs((merged.spread ?? 0) - 0.47258) < 1e-4)
  }

  @Test func `one value has no spread, two have their mean`() throws {
    #expect(try rules.merged([.init(6)]).spread == nil)
    #expect(try rules.merged([.init(6), .init(6.5)]).value == 6.25)
  }

  @Test func `values too far apart say nothing`() {
    #expect(throws: ActivityConflict.self) { _ = try rules.merged([.init(5), .init(8)]) }
    #expect(throws: Never.self) { _ = try rules.merged([.init(5), .init(6.4)]) }
  }

  @Test func `a value repeated under one reference counts once, under two it counts twice`() throws
  {
    let once = [ActivityMeasurement(7, reference: "10.1/a"), .init(7, reference: "10.1/a")]
    #expect(try rules.merged(once).measurements == 1)
    let twice = [ActivityMeasurement(7, reference: "10.1/a"), .init(7, reference: "10.1/b")]
    #expect(try rules.merged(twice).measurements == 2)
  }

  @Test func `a family of patents that prints one table counts once`() throws {
    let family = ["US9102656", "US9115116", "EP1234567"].map {
      ActivityMeasurement(7, reference: $0)
    }
    #expect(try rules.merged(family).measurements == 1)
  }

  @Test func `bounds fall away beside exact values, and one that contradicts them is told`() throws
  {
    let agrees = try rules.merged([.init(7), .init(5, .above)])
    #expect(agrees.value == 7 && agrees.relation == .equal && agrees.contradictedBounds == 0)
    let contradicts = try rules.merged([.init(7), .init(5, .below), .init(7.3, .above)])
    #expect(contradicts.value == 7)
    #expect(contradicts.contradictedBounds == 1)
  }

  @Test func `of bounds alone the tightest remains`() throws {
    let weak = try rules.merged([.init(5, .below), .init(4, .below)])
    #expect(weak.value == 4 && weak.relation == .below && weak.measurements == 2)
    let strong = try rules.merged([.init(8, .above), .init(9, .above)])
    #expect(strong.value == 9 && strong.relation == .above)
  }

  @Test func `bounds that leave nothing between them are a contradiction`() {
    #expect(throws: ActivityConflict.bounds(above: 8, below: 5)) {
      _ = try rules.merged([.init(8, .above), .init(5, .below)])
    }
    #expect(throws: ActivityConflict.interval(above: 5, below: 6)) {
      _ = try rules.merged([.init(5, .above), .init(6, .below)])
    }
  }

  @Test func `no order of the measurements changes the outcome`() throws {
    var generator = SystemRandomNumberGenerator()
    let all = (0..<9).map { ActivityMeasurement(6 + 0.17 * Double($0 * $0 % 7)) }
    let expected = try rules.merged(all)
    for _ in 0..<20 {
      let merged = try rules.merged(all.shuffled(using: &generator))
      #expect(merged.value == expected.value && merged.measurements == expected.measurements)
    }
  }
}
