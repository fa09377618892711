import Entities
import Foundation
import Statistics
import TestSupport
import Testing

@testable import Biobank

@Suite("Binary variant calls")
struct BinaryVariantTests {
  private func read(_ bytes: [UInt8], name: String = "x.bcf", _ scratch: ScratchFolder) throws
    -> (variants: [VariantFile.Variant], refused: [RefusedRecord])
  {
    try read(scratch.write(Data(bytes), to: name))
  }

  private func read(_ path: String) throws
    -> (variants: [VariantFile.Variant], refused: [RefusedRecord])
  {
    var options = VariantFile.Options()
    options.minimumQuality = 10
    var file = try VariantFile(path: path, options: options)
    var variants: [VariantFile.Variant] = []
    var refused: [RefusedRecord] = []
    while let row = try file.next() {
      switch row {
      case .variant(let variant): variants.append(variant)
      case .refused(let record): refused.append(record)
      }
    }
    return (variants, refused)
  }

  @Test("A file put together by hand is read: calls, qualities, dosages, filters, several alleles")
  func example() throws {
    let found = try read(BinaryCalls.example, ScratchFolder())
    #expect(found.variants.map(\.place.id) == ["v1", "v3:G", "v3:T"])
    #expect(
      found.variants.map(\.genotypes) == [
        [.one, .missing, .missing], [.one, .none, .none], [.one, .one, .two],
      ])
    #expect(
      found.refused == [RefusedRecord(line: 10, id: "7:11", reason: .filtered("FILTER is q10"))])
    let path = try ScratchFolder()
    let file = try VariantFile(
      path: path.write(Data(BinaryCalls.example), to: "x.bcf"), build: .grch38)
    #expect(file.build == .grch38)
  }

  @Test("A file that is cut is an error wherever it is cut within a record")
  func cut() throws {
    let scratch = try ScratchFolder()
    for left in [1, 5, 30, 60] {
      #expect(throws: BiobankError.self, "\(left) bytes less") {
        try read(Array(BinaryCalls.example.dropLast(left)), name: "\(left).bcf", scratch)
      }
    }
  }

  @Test("A header whose numbers contradict one another or are absurd is an error")
  func numbers() throws {
    let scratch = try ScratchFolder()
    for (place, (from, to)) in [
      ("IDX=1>", "IDX=0>"), ("IDX=4>", "IDX=1000000000>"), ("IDX=4>", "IDX=-1>"),
      ("IDX=4>", "IDX=x>"), ("\tA\tB\tC", "\tA\tB\tA"), ("\tA\tB\tC", "\tA\tB"),
    ].enumerated() {
      let header = BinaryCalls.header.replacing(from, with: to)
      let record = BinaryCalls.record(
        position: 1, id: "a", alleles: ["A", "C"], calls: [[0, 0], [0, 0], [0, 0]])
      #expect(throws: BiobankError.self, "\(to)") {
        try read(BinaryCalls.file([record], header: header), name: "\(place).bcf", scratch)
      }
    }
  }

  @Test("2,000 changed files crash nothing")
  func changed() throws {
    let scratch = try ScratchFolder()
    var random = SplitMix64(seed: 4)
    let start = BinaryCalls.file([]).count
    let file = try RewrittenFile(scratch, "x.bcf")
    var records = 0
    for number in 0..<2_000 {
      // Half of them keep the header, so that the changes reach the records.
      let kept = number % 2 == 0 ? start : 0
      let bytes =
        BinaryCalls.example[..<kept]
        + MutationTests.mutated(Array(BinaryCalls.example[kept...]), &random)
      try file.write(Array(bytes))
      if let found = try? read(file.path) { records += found.variants.count }
    }
    #expect(records > 100)
  }
}
