import Entities
import Foundation
import Screening
import Testing

@testable import Reporting

struct ReportPageTests {
  @Test func `the same input gives the same bytes`() {
    let report = Samples.report(hits: [Samples.hit(), Samples.hit(rank: 2, id: "C2")])
    let page = report.html()
    #expect(page == report.html())
  }

  @Test func `hits stand in the order given, with their numbers`() throws {
    let page = Samples.report(hits: [
      Samples.hit(rank: 1, id: "first", value: 8.125), Samples.hit(rank: 2, id: "second", value: 7),
    ]).html()
    let body = try #require(page.split(separator: "<tbody role=\"rowgroup\">").last)
    let rows = body.split(separator: "<tr role=\"row\">").dropFirst()
    #expect(rows.count == 2)
    let row = try #require(rows.first)
    for text in ["first", "<b>8.13</b>", "7.13 to 9.13", "CCO", "46.1", "0.00", "20.2", "0.41"] {
      #expect(row.contains(text), "\(text)")
    }
    #expect(row.contains("data-v=\"8.125000\""))
    #expect(rows.last?.contains("second") == true)
  }

  @Test func `the first screenful holds the candidates, the model, its baselines and the doubts`()
    throws
  {
    let page = Samples.report(
      hits: [Samples.hit()], refused: [RefusedCount(reason: "too-large", count: 567)],
      warnings: ["Mind the salt."]
    ).html()
    let summary = try #require(page.split(separator: "<section id=\"candidates\"").first)
    for text in [
      "1 candidate<", "1,234,567 compounds", "1,234,000 scored", "567 refused", "± 1.00",
      "Nearest neighbour", "0.700 [0.650, 0.750]", "0.900 [0.850, 0.950]", "<b>91 %</b>",
      "Mind the salt.", "expect measured values to be lower on average",
    ] {
      #expect(summary.contains(text), "\(text)")
    }
  }

  @Test func `a stranger's text adds no element, attribute or comment`() {
    func page(_ text: String) -> String {
      let hit = Samples.hit(
        id: text, smiles: text, alerts: [text], scaffold: text, reason: text)
      var report = Samples.report(
        hits: [hit, hit, hit], drawings: [text: text],
        refused: [RefusedCount(reason: text, count: 1)], warnings: [text])
      report.title = text
      report.target = text
      report.endpoint = ReportEndpoint(name: text, unit: text)
      report.plan = [text]
      report.provenance = [Fact(text, text)]
      report.model.name = text
      report.model.split = text
      report.model.contenders[1].name = text
      return report.html()
    }
    // Harmless text of any kind leaves the same skeleton of marks; hostile text may add none.
    func marks(_ html: String) -> [Int] { ["<", ">", "\"", "'", "<!--"].map(html.components(of:)) }
    let expected = marks(page("harmless"))
    for text in Samples.hostile { #expect(marks(page(text)) == expected, "\(text)") }
  }

  @Test func `the page loads nothing and its policy names its own style and script`() throws {
    let page = Samples.report(hits: [Samples.hit()]).html()
    for text in ["http:", "https:", "src=", "@import", "url(", "<link", " style=", " onclick="] {
      #expect(!page.contains(text), "\(text)")
    }
    let policy = page.replacingOccurrences(of: "&#39;", with: "'")
    let style = try #require(
      page.split(separator: "<style>").last?.split(separator: "</style>").first)
    let script = try #require(
      page.split(separator: "<script>").last?.split(separator: "</script>").first)
    #expect(policy.contains("style-src '\(ContentPolicy.source(String(style)))'"))
    #expect(policy.contains("script-src '\(ContentPolicy.source(String(script)))'"))
    // The digest of a known text, so that the policy is not only equal to itself.
    #expect(ContentPolicy.source("abc") == "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")
  }

  @Test func `a screen without hits, or of odd numbers, still makes a page`() {
    #expect(Samples.report(hits: []).html().contains("No compound passed."))
    let odd = Samples.hit(value: .nan, width: .infinity, similarity: .nan)
    #expect(Samples.report(hits: [odd]).html().contains("<b>–</b>"))
  }

  @Test func `a tally counts filters by their words and all else by code`() {
    let tally = ScreenTally(
      read: 9, scored: 5,
      counting: [
        RefusedRecord(line: 1, reason: .unreadable("a")),
        RefusedRecord(line: 2, reason: .filtered("logP above 5")),
        RefusedRecord(line: 3, reason: .unreadable("b")), RefusedRecord(line: 4, reason: .empty),
      ])
    #expect(tally.refused.map(\.reason) == ["unreadable", "empty", "logP above 5"])
    #expect(tally.refused.map(\.count) == [2, 1, 1])
  }

  @Test(.enabled(if: ReferenceData.isPresent, "the reference data is absent"))
  func `five hundred hits stay far below ten megabytes, every one drawn`() throws {
    let page = try SampleReport.make(hits: 500).html()
    #expect(page.utf8.count < 6_000_000)
    #expect(page.components(of: "<svg class=\"mol\"") == 506)
    #expect(page.components(of: "class=\"nodrawing\"") == 0)
  }
}
