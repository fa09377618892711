import Campaigns
import Entities
import Foundation
import Molecules
import Parallelism
import PropertyModels
import Records
import Screening
import TestSupport
import Testing

@Suite struct PredictionCampaignTests {
  private func predict(_ text: String, threads: Int = 2) throws -> [PredictedRecord] {
    let reader = try CompoundReader(.bytes(Array(text.utf8)), format: .csv)
    var records: [PredictedRecord] = []
    try PredictionCampaign(
      model: try TinyModel.trained.get(), pool: WorkerPool(threads: threads)
    ).run(on: reader) { records.append($0) }
    return records
  }

  @Test func `rows keep their order and their fields, refused ones too`() throws {
    let records = try predict(
      "note,smiles,id\nx,CCO,a\ny,C1CC,b\nz,,c\nshort\nw,CCN,d\n")
    #expect(
      records.map(\.fields) == [
        ["x", "CCO", "a"], ["y", "C1CC", "b"], ["z", "", "c"], ["short", "", ""],
        ["w", "CCN", "d"],
      ])
    let codes = records.map { record -> String? in
      if case .failure(let reason) = record.outcome { reason.code } else { nil }
    }
    #expect(codes == [nil, "unreadable", "missing-value", "wrong-field-count", nil])
  }

  @Test func `threads change nothing`() throws {
    let text =
      "id,smiles\n"
      + (0..<300).map { "M\($0),\($0 % 9 == 4 ? "C1C" : MadeUpCompounds.smiles($0 * 5))\n" }
      .joined()
    let one = try predict(text, threads: 1)
    let two = try predict(text, threads: 2)
    #expect(one.count == 300 && two.count == 300)
    for (left, right) in zip(one, two) {
      #expect(left.id == right.id && left.fields == right.fields && left.outcome == right.outcome)
    }
  }

  @Test func `a training compound is its own nearest neighbour, a salt is its parent`() throws {
    let model = try TinyModel.trained.get()
    let known = model.domain.compounds[7]
    let records = try predict("id,smiles\na,\(known.smiles)\nb,\(known.smiles).[Na+].[Cl-]\n")
    let candidates = try records.map { try $0.outcome.get() }
    #expect(candidates[0].nearest[0].similarity == 1)
    #expect(candidates[0].smiles == known.smiles && candidates[1].smiles == known.smiles)
    #expect(candidates[0].tasks == candidates[1].tasks)
    #expect(candidates[0].inDomain)
  }
}
