import Reporting
import Testing

@Suite struct NeighbourPageTests {
  private func report(id: String = "Q1", found: Int = 3, omitted: Int = 0) -> NeighbourReport {
    NeighbourReport(
      title: "Neighbours", question: "The 3 most similar",
      queries: [
        NeighbourReport.Query(
          id: id, smiles: "CCO", drawing: nil,
          neighbours: [
            NeighbourReport.Neighbour(
              id: "N1", smiles: "CCN", similarity: 0.5, drawing: nil, sharedRadii: [2, 1, 0])
          ], found: found)
      ], omittedQueries: omitted)
  }

  @Test func `a neighbour stands with its similarity and how much it shares`() {
    let page = report().html()
    #expect(page.contains("<b>0.500</b>"))
    #expect(page.contains("1 of 3 atoms shared two bonds wide"))
    #expect(page.contains("3 compounds found, the first 1 shown"))
  }

  @Test func `what is left out is said`() {
    #expect(report(omitted: 2).html().contains("2 more queries are in the table"))
    #expect(!report().html().contains("in the table"))
  }

  @Test func `identifiers of strangers are text and no script may run`() {
    let page = report(id: "<script>alert(1)</script>").html()
    #expect(!page.contains("<script"))
    #expect(page.contains("script-src &#39;none&#39;"))
    #expect(!page.contains("http://") && !page.contains("https://"))
  }
}
