import Foundation
import Hospitals
import Parallelism
import Records
import Statistics
import TestSupport
import Testing

@Suite("Signals beside their references", .enabled(if: SharedData.isPresent))
struct SignalReferenceTests {
  private static func file(_ name: String) -> RecordSource { .file(SharedData.path(name)) }

  private static func rows(_ name: String) throws -> [[String: String]] {
    let table = try TableReader(file(name))
    var rows: [[String: String]] = []
    while let row = try table.next() {
      guard case .row(let row) = row else { continue }
      rows.append(Dictionary(zip(table.header, row.fields), uniquingKeysWith: { one, _ in one }))
    }
    return rows
  }

  private func isNear(_ value: Double?, _ text: String?, _ tolerance: Double) -> Bool {
    guard let expected = text.flatMap(Double.init) else { return value == nil }
    return value.map { abs($0 - expected) <= tolerance * max(1, abs(expected)) } ?? false
  }

  @Test func `all 17,189 pairs of CAERS, from its rows to EB95`() throws {
    let refused = RefusalList()
    let reading = try TallReports(
      [Self.file("references/disproportionality/input_caers_reports.csv.gz")],
      names: NameRule(style: .asWritten)
    ).read(refused: refused.add)
    let tally = reading.tally
    #expect(tally.total == 3_356 && refused.rows.isEmpty && reading.accounts[0].rows == 20_156)
    #expect(tally.pairs.count == 17_189)
    #expect(tally.pairs.reduce(0) { $0 + $1.count } == 19_917)
    let theta = GammaPoissonPrior(
      first: .init(shape: 3.252_803_67, rate: 0.399_833_76),
      second: .init(shape: 2.024_904, rate: 1.907_268_19), share: 0.065_364_16)
    let pairs = Dictionary(
      uniqueKeysWithValues: tally.pairs.map {
        ("\(tally.drugs[$0.drug])|\(tally.events[$0.event])", $0)
      })
    let expected = try Self.rows("references/disproportionality/expected_caers_pairs.csv.gz")
    #expect(expected.count == 17_189)
    for row in expected {
      let name = "\(row["product"] ?? "")|\(row["event"] ?? "")"
      let pair = try #require(pairs[name])
      let (counts, mean) = (tally.counts(of: pair), tally.expected(of: pair))
      #expect(row["N"] == "\(counts.both)" && row["product_reports"] == "\(counts.drug)")
      #expect(row["event_reports"] == "\(counts.event)")
      let (proportional, odds) = (
        ReportingRatio.proportional(counts), ReportingRatio.odds(counts)
      )
      let component = InformationComponent(count: pair.count, expected: mean)
      let posterior = theta.posterior(count: pair.count, expected: mean)
      for (column, value, tolerance) in [
        ("E", mean, 1e-10), ("PRR", proportional?.value, 1e-10),
        ("PRR_lo95", proportional?.interval?.lower, 1e-10), ("ROR", odds?.value, 1e-10),
        ("ROR_lo95", odds?.interval?.lower, 1e-10), ("ROR_hi95", odds?.interval?.upper, 1e-10),
        ("chi2_yates", counts.yates, 1e-10), ("IC", component.value, 1e-10),
        ("IC025", component.lower, 1e-10), ("Qn", posterior.share, 1e-9),
        ("EBGM", posterior.geometricMean, 1e-9), ("EB05", posterior.quantile(0.05), 1e-6),
        ("EB95", posterior.quantile(0.95), 1e-6),
      ] {
        if !isNear(value, row[column], tolerance) {
          Issue.record("\(column) of \(name): \(String(describing: value)), \(row[column] ?? "")")
        }
      }
    }
  }

  @Test func `the statins' reporting odds of rhabdomyolysis in pvLRT's table of FAERS`() throws {
    let reading = try CountedReports(Self.file("datasets/ae_faers_tables/statin.csv"))
      .read { _, _ in }
    #expect(reading.tally.denominator == .pairs && reading.tally.total == 63_976_610)
    let found = try odds(
      reading.tally, ["SIMVASTATIN", "ATORVASTATIN", "ROSUVASTATIN", "PRAVASTATIN"])
    #expect(found == ["29.91", "19.43", "13.89", "12.91"])
  }

  @Test func `the statins in the quarter 2022Q3, with distinct reports as the denominator`() throws
  {
    let refused = RefusalList()
    let reading = try TallReports(
      [Self.file("datasets/ae_faers22q3/faers_2022q3_primary_suspect.csv.gz")]
    ).read(refused: refused.add)
    #expect(reading.accounts[0].rows == 496_312 && refused.rows.isEmpty)
    #expect(reading.tally.total == 215_867)
    // By sets of case numbers in Python: 6·215197/(57·607), 25·214998/(256·588), …
    let found = try odds(
      reading.tally, ["SIMVASTATIN", "ATORVASTATIN", "ROSUVASTATIN", "PRAVASTATIN"])
    #expect(found == ["37.32", "35.71", "55.47", "75.61"])
  }

  private func odds(_ tally: ReportTally, _ drugs: [String]) throws -> [String] {
    let question = SignalDetection.Question(drugs: drugs, events: ["RHABDOMYOLYSIS"], minimum: 3)
    let signals = try SignalDetection(tally, question, pool: WorkerPool(threads: 2)).signals
    return try drugs.map { drug in
      let signal = try #require(signals.first { $0.drug == drug })
      return String(format: "%.2f", signal.odds?.value ?? .nan)
    }
  }
}
