import Entities
import Screening
import TargetEvidence
import Testing

@testable import Reporting

@Suite struct DiseasePageTests {
  private func hit(_ id: String, inDomain: Bool) -> Hit {
    Hit(
      rank: 1, id: id, smiles: "CCO",
      prediction: PredictedValue(value: 7.4, uncertainty: 0.5, lower: 6.6, upper: 8.2),
      nearest: NearestMeasured(id: "near", smiles: "CCN", similarity: 0.6, value: 7),
      inDomain: inDomain,
      properties: CompoundProperties(
        molecularWeight: 46, logP: 0, polarSurfaceArea: 20, donors: 1, acceptors: 1,
        rotatableBonds: 0, drugLikeness: 0.4),
      alerts: ["BRENK: <made up>"], scaffold: "", atomContributions: [], reason: "first")
  }

  private func report(inDomain: Bool, id: String = "A-1") -> DiseaseReport {
    let role = DiseaseReport.Role(
      symbol: "GENE", endpoint: "pIC50", hit: hit(id, inDomain: inDomain), chance: 0.62)
    return DiseaseReport(
      disease: EvidenceDisease(id: "D:1", name: "made-up disease"), wanted: .inhibit,
      screened: 1_000, targets: [],
      entries: [DiseaseReport.Entry(place: 1, id: id, smiles: "CCO", roles: [role])],
      actives: ActiveCount([]), greedyExpected: 0.5, cost: nil, drawings: [:],
      provenance: [("code", "test")])
  }

  @Test func `what lies outside a domain is marked, and every text is escaped once`() {
    let page = report(inDomain: false, id: "<b>A</b>").html()
    #expect(page.contains("<div class=\"out\">outside the domain</div>"))
    #expect(page.contains("1 compound of the shortlist lies outside"))
    #expect(page.contains("&lt;b&gt;A&lt;/b&gt;") && !page.contains("<b>A</b>"))
    #expect(page.contains("BRENK: &lt;made up&gt;"))
    // Markup of our own that was escaped by mistake would show as text.
    #expect(!page.contains("&lt;div") && !page.contains("&lt;span") && !page.contains("&amp;lt;"))
    #expect(!report(inDomain: true).html().contains("outside the domain"))
  }

  @Test func `a dossier says what is known, and its name is safe as a file's`() {
    let one = report(inDomain: true, id: "../../etc/x y")
    #expect(one.entries[0].page == "0001-------etc-x-y.html")
    let page = one.dossier(of: one.entries[0])
    for text in ["62 %", "near", "inside", "pIC50", "../index.html"] {
      #expect(page.contains(text), "\(text)")
    }
    #expect(!page.contains("&lt;tr"))
  }
}
