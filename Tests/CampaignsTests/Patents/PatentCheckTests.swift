import Featurization
import Foundation
import Molecules
import Parallelism
import Patents
import Records
import TestSupport
import Testing

@testable import Campaigns

@Suite struct PatentCheckTests {
  private static let size = 600
  private let scratch: ScratchFolder
  private let check: PatentCheck

  /// Every second of the made-up molecules stands in a patent.
  private static func isPatented(_ number: Int) -> Bool { number % 2 == 0 }

  init() throws {
    scratch = try ScratchFolder()
    let rows = (0..<Self.size).filter(Self.isPatented).map { number in
      "\(MadeUpCompounds.smiles(number * 7 % MadeUpCompounds.count)),US\(9_000_000 + number % 50)"
        + ",20\(10 + number % 10)-0\(1 + number % 9)-15,M\(number)"
    }
    let file = try scratch.write(
      "smiles,patent,date,id\n" + rows.joined(separator: "\n") + "\n", to: "made-up.csv")
    let folder = scratch.url.appending(path: "made-up.patents")
    _ = try PatentIndexBuild(name: "MADE UP").build(
      from: [.file(file)], to: folder, pool: WorkerPool(threads: 2))
    check = try PatentCheck(index: folder, pool: WorkerPool(threads: 2))
  }

  private struct Compared {
    let smiles: String
    let key: String
    let words: [UInt64]

    init(_ smiles: String) throws {
      let compound = try CompoundPreparation().compound(from: .smiles(smiles))
      self.smiles = compound.smiles
      key = try compound.structure.inchiKey()
      words = try compound.structure.fingerprintWords(.ecfp4)
    }

    func similarity(to other: Compared) -> Double {
      var (both, either) = (0, 0)
      for (one, two) in zip(words, other.words) {
        both += (one & two).nonzeroBitCount
        either += (one | two).nonzeroBitCount
      }
      return Double(both) / Double(either)
    }
  }

  @Test(arguments: [0.5, 0.7, 0.85])
  func `what is found is what a comparison with every compound finds`(_ threshold: Double) throws {
    let queries = (0..<Self.size).map { MadeUpCompounds.smiles($0 * 7 % MadeUpCompounds.count) }
    let all = try queries.map(Compared.init)
    let corpus = all.indices.filter(Self.isPatented).map { all[$0] }
    let findings = try check.findings(for: queries, threshold: threshold)
    for (query, finding) in zip(all, findings) {
      let same = corpus.filter { $0.smiles == query.smiles || $0.key == query.key }
      #expect((finding.exact != nil) == !same.isEmpty)
      let others = corpus.filter { other in !same.contains { $0.smiles == other.smiles } }
      let connected = others.filter { $0.key.prefix(14) == query.key.prefix(14) }
      #expect(finding.connectivityCount == connected.count)
      let similar = others.map { $0.similarity(to: query) }.filter { $0 >= threshold }
      #expect(finding.similarCount == similar.count)
      #expect(finding.similar?.similarity == similar.max())
    }
    #expect(findings.contains { $0.status == .exact } && findings.contains { $0.exact == nil })
  }

  @Test func `the scaffold's count is that of all structures with it`() throws {
    func scaffold(_ smiles: String) throws -> String {
      try CompoundPreparation().compound(from: .smiles(smiles)).structure.scaffoldSMILES()
    }
    let queries = (0..<60).map { MadeUpCompounds.smiles($0 * 7) }
    let corpus = try (0..<Self.size).filter(Self.isPatented)
      .map { try scaffold(MadeUpCompounds.smiles($0 * 7 % MadeUpCompounds.count)) }
    let findings = try check.findings(for: queries, threshold: 0.9)
    for (query, finding) in zip(queries, findings) {
      let wanted = try scaffold(query)
      let count = corpus.count { $0 == wanted } - (finding.exact == nil ? 0 : 1)
      #expect(finding.scaffold == count)
    }
  }

  @Test(arguments: [ConnectivityRule.inchiKey, .flatSMILES])
  func `other stereo and isotopes are the same connectivity, by either rule`(
    _ rule: ConnectivityRule
  ) throws {
    var build = PatentIndexBuild(name: "X")
    build.connectivity = rule
    let folder = scratch.url.appending(path: "x.patents")
    _ = try build.build(
      from: [
        .file(
          try scratch.write("smiles,patent\nC[C@H](O)c1ccccc1,US1\nC/C=C/CO,US2\n", to: "x.csv"))
      ], to: folder, pool: WorkerPool(threads: 1))
    let check = try PatentCheck(index: folder, pool: WorkerPool(threads: 1))
    let findings = try check.findings(
      for: ["C[C@@H](O)c1ccccc1", "CC(O)c1ccccc1", "[2H]C(C)(O)c1ccccc1", "C/C=C\\CO", "CCC=CO"],
      threshold: 0.95)
    #expect(findings.map(\.connectivityCount) == [1, 1, 1, 1, 0])
    #expect(findings.allSatisfy { $0.exact == nil })
  }

  @Test func `rows keep their order and columns, whatever is in them`() throws {
    let text =
      "name,smiles,patent_status\nfirst,\(MadeUpCompounds.smiles(0)),mine\nbad,C1CC,\n"
      + "ragged\n\"la,st\",CCCCCCCCCCCC,\n"
    let reader = try CompoundReader(.bytes(Array(text.utf8)), format: .csv)
    let table = PatentCheckTable(input: reader)
    var rows: [[String]] = []
    let counts = try table.run(on: reader, check, threshold: 0.8) { row, _ in rows.append(row) }
    #expect(table.header.prefix(4) == ["name", "smiles", "patent_status", "patent_status_2"])
    #expect(rows.map { $0[0] } == ["first", "bad", "ragged", "la,st"])
    #expect(rows.allSatisfy { $0.count == table.header.count })
    #expect(rows.map { $0[3] } == ["exact", "refused", "refused", "not-found"])
    #expect(rows[0][2] == "mine" && rows[1].last?.isEmpty == false && rows[0].last == "")
    #expect(counts == [.exact: 1, .refused: 2, .notFound: 1])
  }

  @Test func `no sentence promises novelty or freedom`() throws {
    let queries = (0..<100).map { MadeUpCompounds.smiles($0 * 7) } + ["C1CC", "CCCCCCCCCCCC"]
    for finding in try check.findings(for: queries, threshold: 0.6) {
      let sentence = finding.sentence.lowercased()
      #expect(!sentence.contains("novel") && !sentence.contains("free"))
    }
  }
}
