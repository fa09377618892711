import Foundation
import Statistics
import TestSupport
import Testing

@Suite("Disproportionality beside openEBGM", .enabled(if: SharedData.isPresent))
struct DisproportionalityReferenceTests {
  private static func squashed() throws -> SquashedCounts {
    let rows = try RegressionTests.table(
      "references/disproportionality/input_squashed_counts.csv")
    let (counts, expected, weights) = (
      try #require(rows["N"]), try #require(rows["E"]), try #require(rows["weight"])
    )
    return SquashedCounts(
      points: try counts.indices.map {
        SquashedCounts.Point(
          count: try #require(Int(counts[$0])), expected: try #require(Double(expected[$0])),
          weight: try #require(Int(weights[$0])))
      })
  }

  @Test func `the likelihood of openEBGM's parameters is openEBGM's`() throws {
    let text = try SharedData.text("references/disproportionality/expected_theta.json")
    let stored = try JSONDecoder().decode(Stored.self, from: Data(text.utf8))
    let counts = try Self.squashed()
    for (theta, expected) in [
      (stored.theta_used_for_the_pair_table, stored.negLL_theta_used),
      (stored.theta_autoHyper, stored.negLL_theta_autoHyper),
    ] {
      let value = GammaPoissonFit.negativeLogLikelihood(
        of: counts, under: theta.prior, truncation: .each)
      #expect(abs(value - expected) < 1e-8, "\(value)")
    }
  }

  @Test func `the own maximum is no lower a hill than openEBGM's`() throws {
    let fit = try #require(GammaPoissonFit(try Self.squashed(), truncation: .each))
    #expect(fit.negativeLogLikelihood <= 4161.3317 + 1e-3, "\(fit)")
    #expect(fit.prior.first.mean > fit.prior.second.mean)
  }

  @Test func `counts are drawn together as openEBGM draws them`() throws {
    // The pairs behind the squashed ones: count and expectation stand in three plain columns.
    let rows = try SharedData.text("references/disproportionality/expected_caers_pairs.csv.gz")
      .split(separator: "\n").dropFirst()
    let pairs = try rows.map { row -> (count: Int, expected: Double) in
      // Names may hold commas, what follows them does not: 16 numbers at the end.
      let fields = row.split(separator: ",", omittingEmptySubsequences: false).suffix(16)
      let values = Array(fields.prefix(4))
      return (try #require(Int(values[0])), try #require(Double(values[3])))
    }
    #expect(pairs.count == 17_189)
    // Counts that are not drawn together stand in the order of the pairs there.
    func ordered(_ points: [SquashedCounts.Point]) -> [SquashedCounts.Point] {
      points.sorted { ($0.count, $0.weight, $0.expected) < ($1.count, $1.weight, $1.expected) }
    }
    let own = ordered(SquashedCounts(pairs).points)
    let expected = ordered(try Self.squashed().points)
    #expect(own.map(\.count) == expected.map(\.count))
    #expect(own.map(\.weight) == expected.map(\.weight))
    for (one, other) in zip(own, expected) {
      #expect(abs(one.expected - other.expected) < 1e-9 * other.expected)
    }
  }

  @Test func `every cell of the statins' table has the reference's measures`() throws {
    let table = try RegressionTests.table("references/disproportionality/expected_statin46.csv")
    func number(_ column: String, _ row: Int) throws -> Double? {
      Double(try #require(table[column])[row])
    }
    let rows = try #require(table["a"]).count
    #expect(rows == 329)
    for row in 0..<rows {
      let cells = try ["a", "b", "c", "d"].map { Int(try #require(try number($0, row))) }
      let counts = ReportCounts(
        both: cells[0], drug: cells[0] + cells[1], event: cells[0] + cells[2],
        total: cells.reduce(0, +))
      let (proportional, odds) = (
        ReportingRatio.proportional(counts), ReportingRatio.odds(counts)
      )
      let component = InformationComponent(count: counts.both, expected: counts.expected)
      for (column, value) in [
        ("E", counts.expected), ("PRR", proportional?.value),
        ("PRR_lo95", proportional?.interval?.lower), ("PRR_hi95", proportional?.interval?.upper),
        ("ROR", odds?.value), ("ROR_lo95", odds?.interval?.lower),
        ("ROR_hi95", odds?.interval?.upper), ("chi2_yates", counts.yates),
        ("IC", component.value), ("IC025", component.lower),
      ] {
        let expected = try number(column, row)
        // Without a report the reference leaves both ratios out; a ratio of 0 is a number.
        if counts.both == 0, column.hasPrefix("PRR") || column.hasPrefix("ROR") {
          #expect(expected == nil && value ?? 0 == 0)
          continue
        }
        #expect((value == nil) == (expected == nil), "\(column) of row \(row)")
        guard let value, let expected else { continue }
        #expect(abs(value - expected) <= 1e-10 * max(1, abs(expected)), "\(column) of row \(row)")
      }
    }
  }

  private struct Stored: Decodable {
    struct Theta: Decodable {
      let alpha1: Double, beta1: Double, alpha2: Double, beta2: Double, P: Double
      var prior: GammaPoissonPrior {
        DisproportionalityTests.prior([alpha1, beta1, alpha2, beta2, P])
      }
    }
    let theta_used_for_the_pair_table: Theta, theta_autoHyper: Theta
    let negLL_theta_used: Double, negLL_theta_autoHyper: Double
  }
}
