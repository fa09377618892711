import Statistics
import Testing

@Suite("Distributions") struct DistributionTests {
  let references: ComparisonReferences
  init() throws { references = try .read() }

  @Test func `the studentised range agrees with SciPy`() throws {
    for reference in references.range + references.unbounded {
      let range = StudentizedRange(groups: reference.k, degrees: reference.v ?? .infinity)
      let expected = try #require(reference.cdf)
      #expect(
        abs(range.share(below: reference.q) - expected) < 1e-9,
        "q \(reference.q), k \(reference.k), ν \(reference.v ?? .infinity)")
    }
  }

  @Test func `the critical points of the studentised range agree with SciPy`() throws {
    for reference in references.point {
      let range = StudentizedRange(groups: reference.k, degrees: reference.v ?? .infinity)
      let point = range.point(ofShare: try #require(reference.share))
      #expect(abs(point - reference.q) < 1e-8 * reference.q)
      #expect(abs(range.share(below: point) - (reference.share ?? 0)) < 1e-12)
    }
  }

  @Test func `F, t, chi-squared and beta agree with SciPy`() {
    for r in references.f {
      let share = FisherF.share(above: r.x, numerator: r.a, denominator: r.b)
      #expect(abs(share - r.sf) < 1e-12 * max(1e-3, r.sf) * 1e3)
    }
    for r in references.t { #expect(abs(StudentT.share(beyond: r.x, degrees: r.v) - r.p) < 1e-12) }
    for r in references.chi {
      #expect(abs(ChiSquared.share(above: r.x, degrees: r.v) - r.sf) < 1e-12)
    }
    for r in references.beta {
      #expect(abs(IncompleteBeta.point(ofShare: r.share, r.a, r.b) - r.x) < 1e-11)
    }
  }

  @Test func `hits to come agree with SciPy's beta-binomial distribution`() {
    for r in references.hits {
      let interval = HitCount(hits: r.hits, tried: r.tried).predicted(among: r.count)
      #expect(interval.lower == r.lower)
      #expect(interval.upper == r.upper)
    }
    #expect(HitCount(hits: 0, tried: 0).predicted(among: 0).upper == 0)
    #expect(HitCount(hits: 0, tried: 10).rateInterval().lower == 0)
    #expect(HitCount(hits: 10, tried: 10).rateInterval().upper == 1)
  }
}
