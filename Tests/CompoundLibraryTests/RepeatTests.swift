import Foundation
import Parallelism
import Provenance
import TestSupport
import Testing

@testable import CompoundLibrary

@Suite struct RepeatTests {
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  /// Rows of these names in segments of three, with the same key for all if `collide`.
  private func list(_ names: [String], collide: Bool) throws -> SegmentList {
    var list = SegmentList()
    for start in stride(from: 0, to: names.count, by: 3) {
      var builder = SegmentBuilder(LibraryOptions())
      for (place, name) in names[start..<min(start + 3, names.count)].enumerated() {
        let key = collide ? ContentKey(high: 7 << 32, low: 0) : ContentKey(of: name)
        builder.append(
          PreparedCompound(
            line: start + place + 1, id: name, smiles: name,
            words: [UInt64](repeating: UInt64(place), count: 32), pattern: [], structureKey: key,
            idKey: key), from: 0)
      }
      let url = scratch.url.appending(path: "\(start)-\(collide).seg")
      _ = try SegmentWriter(contents: builder, pool: WorkerPool(threads: 1)).write(to: url)
      list.append(try Segment(at: url))
    }
    return list
  }

  @Test(arguments: [false, true], [1, 2, 5, 1_000])
  func `rows repeat each other by their texts, whatever their keys and however few fit in memory`(
    _ collide: Bool, _ rowsInMemory: Int
  ) throws {
    let names = ["a", "b", "c", "d", "b", "e", "f", "a", "e", "e", "g", "f"]
    var deleted = RowSet(rows: names.count)
    deleted.insert(1)
    deleted.insert(11)
    let search = RepeatSearch(
      list: try list(names, collide: collide), known: 4, deleted: deleted,
      rowsInMemory: rowsInMemory)
    let found = search.repeats(of: .identifier).sorted { $0.new[0] < $1.new[0] }
    // The known b was deleted, and so was the second f.
    #expect(found == [Repeat(known: nil, new: [5, 8, 9]), Repeat(known: 0, new: [7])])
  }

  @Test func `identifiers are found by their texts, whatever their keys`() throws {
    let list = try list(["a", "b", "c", "d"], collide: true)
    #expect(
      list.rows(of: ["a", "d"]) { _ in true } == [nil, nil], "these keys are no keys of texts")
    let sound = try self.list(["a", "b", "c", "d", "b"], collide: false)
    #expect(sound.rows(of: ["b", "x", "d", "b"]) { $0 != 1 } == [4, nil, 3, 4])
  }

  @Test func `a set of rows counts, lists and appends stretches at any bit`() {
    var set = RowSet(rows: 200)
    let members = [0, 63, 64, 65, 127, 128, 199]
    for row in members { set.insert(row) }
    for start in [0, 1, 62, 63, 64, 65, 100, 128, 199, 200] {
      for end in [start, start + 1, start + 63, start + 64, start + 65, 200] where end <= 200 {
        let expected = members.filter { (start..<end).contains($0) }
        #expect(set.members(in: start..<end) == expected)
        #expect(set.count(in: start..<end) == expected.count)
        var other = RowSet(rows: 5)
        other.append(set, start..<end)
        #expect(other.rows == 5 + end - start)
        #expect(other.members(in: 0..<other.rows) == expected.map { $0 - start + 5 })
      }
    }
  }
}
