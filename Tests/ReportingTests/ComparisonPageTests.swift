import Evaluation
import Foundation
import Reporting
import Testing

@Suite struct ComparisonPageTests {
  private func comparison(name: String = "forest", sets: Int = 3) -> ModelComparison {
    let datasets = (0..<sets).map { set -> ModelComparison.Dataset in
      let measured = (0..<40).map { Double($0 % 7) }
      func predicted(_ size: Double, _ fold: Int) -> ComparedDataset.Predictions {
        let values = measured.enumerated().map { row, value -> Double in
          let noise = (row * 7 + fold * 3 + set) % 11 - 5
          return value + size * Double(noise) / 5
        }
        return ComparedDataset.Predictions(
          rows: Array(0..<40), measured: measured, predicted: values)
      }
      let predictions = (0..<10).map { [predicted(0.1, $0), predicted(3, $0)] }
      let data = ComparedDataset(
        name: "set \(set)", metric: .rmse, unit: "log10", isHit: { $0 >= 5 },
        models: [name, "dummy"], replicates: (1...10).map { "r1-f\($0)" },
        predictions: predictions, movesTestRows: true)
      var dataset = ModelComparison.Dataset(data)
      dataset.audit = ["A verdict.", "fault: a planted one"]
      return dataset
    }
    return ModelComparison(
      title: "A suite", about: "a protocol", datasets: datasets,
      provenance: [.init("run x", "abc")])
  }

  @Test func `the page shows league, ranks, pairs, read-out, audit and provenance`() {
    let page = comparison().html()
    for part in [
      "League table", "critical difference", "Every two models", "of the top 100 you would buy",
      "Precision and recall", "Enrichment", "a planted one", "<code>abc</code>",
    ] { #expect(page.contains(part), "\(part)") }
    #expect(page.contains("class=\"better\"") && page.contains("class=\"worse\""))
  }

  @Test func `names of strangers are text, no script may run and nothing is loaded`() {
    let page = comparison(name: "<script>alert(1)</script>").html()
    #expect(!page.contains("<script"))
    #expect(page.contains("script-src &#39;none&#39;"))
    #expect(!page.contains("http://") && !page.contains("https://"))
  }

  @Test func `one data set has no ranking over all`() {
    #expect(!comparison(sets: 1).html().contains("critical difference"))
  }

  @Test func `the tables hold every standing and every pair`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try comparison().writeTables(into: folder)
    func lines(_ name: String) throws -> [Substring] {
      try String(contentsOf: folder.appending(path: name), encoding: .utf8).split(separator: "\n")
    }
    #expect(try lines("league.csv").count == 7)
    #expect(try lines("pairs.csv").count == 4)
    #expect(try lines("pairs.csv")[1].hasSuffix("better"))
  }
}
