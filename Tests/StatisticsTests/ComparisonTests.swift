import Foundation
import Statistics
import Testing

@Suite("Comparison") struct ComparisonTests {
  let references: ComparisonReferences
  init() throws { references = try .read() }

  private func table(_ scores: [[Double]]) throws -> ScoreTable {
    try #require(ScoreTable(treatments: scores[0].indices.map { "m\($0)" }, blocks: scores))
  }

  @Test func `the analysis of variance agrees with statsmodels and pingouin`() throws {
    for reference in references.tables {
      let anova = RepeatedMeasuresAnova(try table(reference.scores))
      #expect(abs(anova.f - reference.f) < 1e-9 * max(1, reference.f))
      #expect(abs(anova.pValue - reference.p) < 1e-9)
      #expect(abs(anova.sphericity - reference.epsilon) < 1e-9)
      if let corrected = reference.corrected {
        #expect(abs(anova.correctedPValue - corrected) < 1e-9)
      }
    }
  }

  @Test func `Tukey's differences, intervals and p-values agree with SciPy's distribution`() throws
  {
    for reference in references.tables {
      let table = try table(reference.scores)
      let pairs = TukeyHSD.comparisons(table, RepeatedMeasuresAnova(table))
      #expect(pairs.count == reference.tukey.count)
      for (pair, expected) in zip(pairs, reference.tukey) {
        #expect(abs(pair.difference - expected.difference) < 1e-12)
        #expect(abs(pair.interval.upper - pair.difference - expected.reach) < 1e-9)
        #expect(abs(pair.pValue - expected.p) < 1e-9)
      }
    }
  }

  @Test func `Friedman and Nemenyi agree with SciPy and scikit-posthocs`() throws {
    for reference in references.tables {
      guard let expected = reference.friedman else { continue }
      let friedman = Friedman(try table(reference.scores), higherIsBetter: true)
      #expect(abs(friedman.chiSquared - expected.chi) < 1e-9)
      #expect(abs(friedman.pValue - expected.p) < 1e-9)
      for (pair, p) in zip(Nemenyi.comparisons(friedman), expected.nemenyi) {
        #expect(abs(pair.pValue - p) < 1e-9)
      }
    }
  }

  @Test func `normality agrees with SciPy`() throws {
    for reference in references.shapiro {
      let test = try #require(ShapiroWilk(reference.sample))
      #expect(abs(test.w - reference.w) < 1e-9, "n = \(reference.sample.count)")
      // SciPy's normal quantiles are rounded, which moves W by 2e-10; the p-value of a W near 1
      // multiplies that.
      #expect(abs(test.pValue - reference.p) < 1e-7, "n = \(reference.sample.count)")
    }
    #expect(ShapiroWilk([1, 2]) == nil)
    #expect(ShapiroWilk([3, 3, 3, 3]) == nil)
    #expect(ShapiroWilk([1, 2, .nan]) == nil)
  }

  @Test func `effect sizes agree with pingouin`() throws {
    for reference in references.tables {
      let table = try table(reference.scores)
      let (first, second) = (table.scores(0), table.scores(1))
      #expect(abs(try #require(EffectSize.cohen(first, second)) - reference.cohen) < 1e-9)
      #expect(abs(try #require(EffectSize.paired(first, second)) - reference.paired) < 1e-9)
    }
    #expect(EffectSize.paired([1, 2], [0, 1]) == nil)
  }

  @Test func `models that are the same do not differ`() throws {
    let table = try table((0..<9).map { [Double($0) / 10, Double($0) / 10] })
    let anova = RepeatedMeasuresAnova(table)
    #expect(anova.pValue == 1)
    #expect(TukeyHSD.comparisons(table, anova)[0].pValue == 1)
    let friedman = Friedman(table, higherIsBetter: true)
    #expect(friedman.pValue == 1)
    #expect(friedman.meanRanks == [1.5, 1.5])
  }

  @Test func `a table with a hole or with one block compares nothing`() {
    #expect(ScoreTable(treatments: ["a", "b"], blocks: [[1, 2], [1, .nan]]) == nil)
    #expect(ScoreTable(treatments: ["a", "b"], blocks: [[1, 2], [1]]) == nil)
    #expect(ScoreTable(treatments: ["a", "b"], blocks: [[1, 2]]) == nil)
    #expect(ScoreTable(treatments: ["a"], blocks: [[1], [2]]) == nil)
  }
}
