import Campaigns
import Evaluation
import Foundation
import TestSupport
import Testing

@Suite("Suites") struct SuiteTests {
  static let good = """
    name: small
    about: a test
    models:
      - dummy
      - name: one neighbour
        family: nearest-neighbours
        settings: {neighbours: 1}
    defaults: {split: random, seeds: [1, 2], value: y}
    datasets:
      - name: made up
        file: made-up.csv
        task: regression
        metric: rmse
        hit: ">= 7"
    """

  @Test func `a suite reads its models, defaults and data sets`() throws {
    let suite = try SuiteReader.read(Self.good, named: "small.yaml")
    #expect(suite.models.map(\.name) == ["dummy", "one neighbour"])
    #expect(suite.datasets[0].metric == .rmse)
    #expect(suite.datasets[0].split == .random(seeds: [1, 2]))
    #expect(suite.datasets[0].hit == HitRule(threshold: 7, above: true))
    guard case .family(let recipe) = suite.models[1].kind else {
      Issue.record("it is a family")
      return
    }
    #expect("\(recipe)" == "nearest-neighbours")
  }

  @Test func `all that is wrong with a suite is told at once, with what was meant`() throws {
    let bad = """
      name: bad
      modles: []
      models:
        - random-forst
        - {name: n, family: nearest-neighbours, settings: {neighbors: 3}}
        - {name: x, command: [no-such-program-at-all]}
        - {name: "net, 30 epochs", family: dummy}
      datasets:
        - {name: a, file: a.csv, value: y, task: regression, metric: rmsee, split: random}
        - {name: b, file: b.csv, value: y, task: regression, metric: roc-auc, split: random}
        - {name: c, file: c.csv, value: y, task: clasification, metric: mcc, split: scafold}
        - {name: a, file: d.csv, value: y, task: regression, metric: mae, split: random, seeds: [1, 1]}
      """
    let error = #expect(throws: SuiteError.self) {
      try SuiteReader.read(bad, named: "bad.yaml")
    }
    let text = try #require(error).description
    for expected in [
      "did you mean models?", "did you mean random-forest?", "did you mean neighbours?",
      "did you mean rmse?", "roc-auc does not judge a regression", "did you mean classification?",
      "did you mean scaffold?", "each once", "net, 30 epochs: a name has no comma",
    ] { #expect(text.contains(expected), "\(expected) in \(text)") }
  }

  @Test func `text that is no suite is refused`() {
    for text in ["", "just words", "- a\n- b", "name: [", "models: 3\nname: x\ndatasets: {}"] {
      #expect(throws: SuiteError.self) { try SuiteReader.read(text, named: "x") }
    }
  }

  @Test(arguments: SuiteFolder.names)
  func `every suite of the repository can be read`(name: String) throws {
    let suite = try SuiteReader.read(SuiteFolder.url.appending(path: name))
    #expect(!suite.about.isEmpty)
    #expect(suite.datasets.allSatisfy { $0.file.digest != nil })
  }
}

/// The suites of the repository.
enum SuiteFolder {
  static let url = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Benchmarks/suites")
  static let names =
    (try? FileManager.default.contentsOfDirectory(atPath: url.path))?
    .filter { $0.hasSuffix(".yaml") }.sorted() ?? []
}
