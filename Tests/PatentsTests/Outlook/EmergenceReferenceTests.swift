import Foundation
import Patents
import Records
import Statistics
import TestSupport
import Testing

@Suite(.enabled(if: SharedData.isPresent, "the shared reference data are not here"))
struct EmergenceReferenceTests {
  private static func corpus(_ name: String, _ depth: ClassCorpus.Depth) throws -> ClassCorpus {
    try ClassCorpus(
      .file(SharedData.path("datasets/patent_ipc/\(name)_ipc.tsv.gz")), depth: depth)
  }

  /// The groups in which the source of the CRISPR table saw a sudden rise of filings.
  ///
  /// With how many patents it printed for each (patent-data-explore, analysis/trend-enrich.tsv): the
  /// counts say which of its groups belong to this corpus and not to the other.
  private static let published = [
    "C12N15/11": 5992, "C12N15/90": 5699, "C12N15/10": 5466, "C12N15/63": 3465, "A01H6/46": 2952,
    "A01H6/54": 2708, "A61K38/46": 1320,
  ]

  // Bar 2. The table has no years: what can be tested is what the corpus is rich in.
  @Test func `the published groups of CRISPR stand out against cyanobacteria`() throws {
    let crispr = try Self.corpus("CRISPR", .group)
    var counts: [String: Int] = [:]
    for document in crispr.documents {
      for place in document.classes { counts[crispr.classes[place], default: 0] += 1 }
    }
    for (symbol, count) in Self.published { #expect(counts[symbol] == count, "\(symbol)") }
    let found = ClassEmergence(
      of: crispr, against: try Self.corpus("Cyanobacteria", .group), countsPairs: false)
    let rich = found.comparison.classes.filter { $0.qValue <= 0.05 }
    print(
      "CRISPR: \(rich.count) of \(found.comparison.classes.count) groups at q ≤ .05,",
      "\(found.leftOut) documents of both")
    for symbol in Self.published.keys.sorted() {
      let place = found.comparison.classes.firstIndex { $0.classes == [symbol] }
      let row = try #require(place.map { found.comparison.classes[$0] })
      print("  \(symbol): rank \((place ?? 0) + 1), ratio \(row.ratio), q \(row.qValue)")
      #expect(row.qValue <= 0.05 && row.ratio > 1, "\(symbol)")
    }
    #expect(throws: OutlookError.self) { try ClassEmergence(of: crispr, window: 3) }
  }

  @Test func `genetic engineering, medicines, peptides and nucleic acid tests lead the subclasses`()
    throws
  {
    let found = ClassEmergence(
      of: try Self.corpus("CRISPR", .subclass),
      against: try Self.corpus("Cyanobacteria", .subclass),
      countsPairs: false)
    let leading = found.comparison.classes.prefix(10).filter { $0.qValue <= 0.05 }
    for symbol in ["C12N", "A61K", "C07K", "C12Q", "A61P"] {
      #expect(leading.contains { $0.classes == [symbol] }, "\(symbol)")
    }
  }

  // Years drawn without a look at the classes: every class found is a false alarm.
  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["OSONG_FULL_TESTS"] == "1", "slow: OSONG_FULL_TESTS=1"
    ))
  func `real class sets with shuffled years raise false alarms in at most 5 % of corpora`()
    throws
  {
    let crispr = try Self.corpus("CRISPR", .subclass)
    let sets = crispr.documents.map { Set($0.classes.map { crispr.classes[$0] }) }
    var random = Xoshiro256(seed: 2026)
    var (alarms, pairAlarms, found, tested) = (0, 0, 0, 0)
    let rounds = 200
    for _ in 0..<rounds {
      let corpus = ClassCorpus(
        (0..<2000).map { number in
          ("D\(number)", 2012 + random.draw(below: 6), sets[random.draw(below: sets.count)])
        })
      let comparison = try ClassEmergence(of: corpus, window: 3).comparison
      let classes = comparison.classes.filter { $0.qValue <= 0.05 }.count
      found += classes
      tested += comparison.classes.count
      if classes > 0 { alarms += 1 }
      if comparison.pairs.contains(where: { $0.qValue <= 0.05 }) { pairAlarms += 1 }
    }
    print(
      "shuffled years: alarms in \(alarms) of \(rounds) corpora for classes (\(found) of \(tested)",
      "classes), in \(pairAlarms) for pairs")
    #expect(Double(alarms) <= 0.05 * Double(rounds))
    #expect(Double(pairAlarms) <= 0.05 * Double(rounds))
  }

  @Test func `targets' patents are compared with those of their family`() throws {
    let counts = try YearlyCounts(
      .file(SharedData.path("datasets/target_tcrd/tcrd_patents_by_year.csv.gz")), upTo: 2015)
    #expect(counts.series.count == 1710)
    let families = try TargetCrowding.families(
      .file(SharedData.path("datasets/target_tcrd/tcrd_targets_2019.csv.gz")))
    let crowding = TargetCrowding(counts, families: families)
    #expect(crowding.years == 2006...2015)
    let kinases = crowding.rows.filter { $0.family == "Kinase" }
    // The file names 635 kinases, some under one accession.
    #expect((600...635).contains(kinases.count))
    let crowded = try #require(kinases.first { $0.target == "P00533" })
    #expect((crowded.percentileInFamily ?? 0) > 90, "EGFR is among the most patented kinases")
    #expect(kinases.contains { $0.total == 0 && ($0.percentileInFamily ?? 100) < 50 })
    let trends = Dictionary(grouping: crowding.rows, by: \.trend).mapValues(\.count)
    print(
      "crowding: \(crowding.rows.count) targets, trends \(trends), EGFR",
      crowded.percentileInFamily ?? -1, crowded.trend)
  }
}
