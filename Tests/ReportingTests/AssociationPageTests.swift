import Testing

@testable import Reporting

@Suite("The page of a scan of the genome")
struct AssociationPageTests {
  private func report(leads: [[String]], tested: Int = 3, lambda: Double? = 1.02)
    -> AssociationReport
  {
    AssociationReport(
      trait: "LDL & <b>more</b>", people: "400 people.", method: "Score test.", tested: tested,
      lambda: lambda,
      chromosomes: [.init(name: "1", start: 0, end: 0.6), .init(name: "X", start: 0.6, end: 1)],
      points: tested == 0
        ? []
        : [
          .init(chromosome: 0, place: 0.2, minusLog10P: 1),
          .init(chromosome: 1, place: 0.8, minusLog10P: 12),
        ],
      quantiles: tested == 0 ? [] : [(0.5, 0.5), (1, 1.2), (2, 12)], leadCount: leads.count,
      leadHeader: ["variant", "place"], leads: leads,
      untested: [("fewer than 5 carriers", 7)], provenance: [("code", "test")])
  }

  @Test("Names of strangers are text, whatever they hold") func escaped() {
    let html = report(leads: [["<script>x</script>", "1:5"]]).html()
    #expect(!html.contains("<script>x") && html.contains("&lt;script&gt;x"))
    #expect(html.contains("LDL &amp; &lt;b&gt;more&lt;/b&gt;"))
    #expect(html.contains("script-src &#39;none&#39;"))
  }

  @Test("Leads, λ and what has no result are told") func told() {
    let html = report(leads: [["rs1", "X:8"]]).html()
    #expect(html.contains("<strong>1 lead</strong>") && html.contains("<strong>1.020</strong>"))
    #expect(html.contains("7 variants: fewer than 5 carriers"))
    #expect(html.contains("at most 12.0"))
  }

  @Test("A scan that tested nothing says so, and draws no quantiles") func nothing() {
    let html = report(leads: [], tested: 0, lambda: nil).html()
    #expect(html.contains("No variant was tested.") && html.contains("No variant reached"))
    #expect(!html.contains("class=\"chart quantiles\""))
  }

  @Test("A λ far from 1 is called what it is") func inflated() {
    #expect(report(leads: [], lambda: 1.6).html().contains("More p-values are small"))
    #expect(report(leads: [], lambda: 0.7).html().contains("too cautious"))
  }
}
