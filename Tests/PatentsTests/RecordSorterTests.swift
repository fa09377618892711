import Foundation
import Provenance
import TestSupport
import Testing

@testable import Patents

@Suite struct RecordSorterTests {
  /// Records with many equal keys, in an order of their own.
  private func records(_ count: Int) -> [KeyedRecord] {
    (0..<count).map { number in
      let mixed = UInt64(number) &* 0x9E37_79B9_7F4A_7C15
      var payload: [UInt8] = []
      payload.append(text: "payload \(mixed >> 58)")
      payload.append(number: UInt32(number % 7))
      return KeyedRecord(key: ContentKey(high: mixed >> 55, low: mixed % 3), payload: payload)
    }
  }

  private func all(_ records: SortedRecords) throws -> [KeyedRecord] {
    var found: [KeyedRecord] = []
    while let record = try records.next() { found.append(record) }
    return found
  }

  @Test(arguments: [1 << 20, 4_000, 300])
  func `records come out in order wherever the buffers are cut`(_ capacity: Int) throws {
    let scratch = try ScratchFolder()
    let sorter = RecordSorter(in: scratch.url, name: "s", capacity: capacity)
    let records = records(3_000)
    for record in records { try sorter.append(record.key, record.payload) }
    let expected = Set(records).sorted(by: KeyedRecord.isOrdered)
    #expect(try all(sorter.sorted()) == expected)
    #expect(try all(sorter.sorted()) == expected, "a second reading")
  }

  @Test func `records that differ in their tail alone are kept once, the smallest`() throws {
    for capacity in [1 << 20, 300] {
      let scratch = try ScratchFolder()
      let sorter = RecordSorter(in: scratch.url, name: "s", capacity: capacity, ignoredTail: 4)
      let records = records(500)
      for record in records { try sorter.append(record.key, record.payload) }
      var first: [[UInt8]: KeyedRecord] = [:]
      for record in records.sorted(by: KeyedRecord.isOrdered) {
        var key = Array(record.payload.dropLast(4))
        key.append(number: record.key.high)
        key.append(number: record.key.low)
        first[key] = first[key] ?? record
      }
      #expect(try all(sorter.sorted()) == first.values.sorted(by: KeyedRecord.isOrdered))
    }
  }

  @Test func `a buffer that was cut on disk is refused`() throws {
    let scratch = try ScratchFolder()
    let sorter = RecordSorter(in: scratch.url, name: "s", capacity: 300)
    for record in records(200) { try sorter.append(record.key, record.payload) }
    let run = scratch.url.appending(path: "s-0.run")
    let data = try Data(contentsOf: run)
    try data.prefix(data.count - 5).write(to: run)
    #expect(throws: PatentError.self) { try all(sorter.sorted()) }
  }
}
