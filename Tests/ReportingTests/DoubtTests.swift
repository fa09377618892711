import Entities
import Testing

@testable import Reporting

struct DoubtTests {
  private func texts(_ report: ScreenReport) -> [String] { report.doubts.map(\.text) }

  @Test func `a model that does not beat its baseline is the first doubt`() throws {
    let report = Samples.report(
      hits: [Samples.hit(inDomain: false)], model: Samples.assessment(model: 0.9, baseline: 0.8))
    let first = try #require(report.doubts.first)
    #expect(first.weight == .serious)
    #expect(
      first.text == "The model is no better than “Nearest neighbour”: RMSE 0.900 against 0.800.")
  }

  @Test func `a lead within the intervals is a caution, a clear one is none`() {
    let close = Samples.report(
      hits: [Samples.hit()], model: Samples.assessment(model: 0.7, baseline: 0.75))
    #expect(texts(close).contains { $0.contains("within their intervals") })
    #expect(!texts(Samples.report(hits: [Samples.hit()])).contains { $0.contains("lead") })
  }

  @Test func `a metric where higher is better is judged the other way`() {
    var model = Samples.assessment(model: 0.9, baseline: 0.8)
    for index in model.contenders.indices { model.contenders[index].metrics[0].better = .higher }
    let report = Samples.report(hits: [Samples.hit()], model: model)
    #expect(!texts(report).contains { $0.contains("no better") })
  }

  @Test func `a model that was never tested, or stands alone, is serious`() {
    var model = Samples.assessment()
    model.contenders = []
    #expect(Samples.report(hits: [Samples.hit()], model: model).doubts.first?.weight == .serious)
    model = Samples.assessment()
    model.contenders.removeLast()
    #expect(
      texts(Samples.report(hits: [Samples.hit()], model: model)).first
        == "No baseline stands beside the model.")
  }

  @Test func `hits outside the domain, with alerts, far away or alike are counted`() {
    let hits = [
      Samples.hit(rank: 1, inDomain: false, scaffold: "c1ccccc1"),
      Samples.hit(rank: 2, alerts: ["PAINS: x"], scaffold: "c1ccccc1"),
      Samples.hit(rank: 3, similarity: 0.2, scaffold: "c1ccccc1"),
      Samples.hit(rank: 4, similarity: 1),
    ]
    let texts = texts(Samples.report(hits: hits))
    for start in ["outside", "with structural alerts", "less than 0.35", "with the fingerprint"] {
      #expect(texts.contains { $0.hasPrefix("1 hit (25 %) \(start)") })
    }
    #expect(texts.contains("3 hits (75 %) of one scaffold, c1ccccc1."))
  }

  @Test(arguments: [(0.8, "too narrow"), (0.97, "too wide")])
  func `intervals that hold too little or too much are named`(_ held: Double, _ word: String) {
    var model = Samples.assessment()
    model.coverage90 = Metric(name: "coverage", value: held)
    #expect(
      texts(Samples.report(hits: [Samples.hit()], model: model)).contains { $0.contains(word) })
  }

  @Test func `the caller's warnings are kept`() {
    #expect(
      texts(Samples.report(hits: [], warnings: ["Mind the salt."])).contains("Mind the salt."))
  }
}
