import Screening
import Testing

@Suite struct RankedListTests {
  @Test func `a reason is given to those without one, and never to a compound of the list`() {
    let entry = RankedList.Entry(id: "a", smiles: "C", value: 1)
    var list = RankedList(entries: [entry], refused: ["b": "too heavy"])
    list.refuse(["a", "b", "c"], "outside the model's applicability domain")
    #expect(list.place(of: "a") == 1)
    #expect(list.refused == ["b": "too heavy", "c": "outside the model's applicability domain"])
  }
}
