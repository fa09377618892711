import Fingerprints
import Foundation
import Molecules
import Parallelism
import Records
import TestSupport
import Testing

@testable import CompoundLibrary

/// What a library should hold, kept in the plainest way.
private struct Model {
  private(set) var structures: [String: String] = [:]

  mutating func take(_ lines: [(smiles: String, id: String)], upserting: Bool) {
    let before = structures
    var seen: Set<String> = []
    for (smiles, id) in lines {
      // The first of its name in the input counts, even if it is refused for its structure.
      if !seen.insert(id).inserted || !upserting && before[id] != nil { continue }
      let owner = before.first { $0.value == smiles }?.key
      if let owner, !(upserting && owner == id) { continue }
      if owner == nil, accepted.contains(smiles) { continue }
      accepted.insert(smiles)
      structures[id] = smiles
    }
    accepted = []
  }

  /// Structures that this input has brought.
  private var accepted: Set<String> = []

  mutating func remove(_ ids: [String]) -> Int {
    ids.reduce(0) { $0 + (structures.removeValue(forKey: $1) == nil ? 0 : 1) }
  }
}

@Suite struct LibraryModelTests {
  @Test(arguments: 0..<4) func `any sequence of edits leaves what a dictionary would hold`(
    _ seed: UInt64
  ) throws {
    let scratch = try ScratchFolder()
    let folder = scratch.url.appending(path: "l.olib")
    var random = SplitMix(state: seed)
    var model = Model()
    let names = 60
    func lines(_ count: Int) -> [(smiles: String, id: String)] {
      (0..<count).map { _ in
        (Self.canonical[Int(random.next() % 80)], "n\(random.next() % UInt64(names))")
      }
    }
    func source(_ lines: [(smiles: String, id: String)]) throws -> [RecordSource] {
      let text = lines.map { "\($0.smiles) \($0.id)\n" }.joined()
      return [.file(try scratch.write(text, to: "\(random.next()).smi"))]
    }
    let first = lines(50)
    model.take(first, upserting: false)
    try build(try source(first), at: folder, smallSegments(3))
    let editor = LibraryEditor(at: folder, pool: WorkerPool(threads: 1))
    for step in 0..<20 {
      switch random.next() % 5 {
      case 0:
        let more = lines(Int(random.next() % 12) + 1)
        model.take(more, upserting: false)
        _ = try editor.add(from: try source(more))
      case 1, 2:
        let more = lines(Int(random.next() % 12) + 1)
        model.take(more, upserting: true)
        _ = try editor.upsert(from: try source(more))
      case 3:
        let ids = (0..<random.next() % 25).map { _ in "n\(random.next() % UInt64(names))" }
        #expect(try editor.remove(ids).removed == model.remove(ids))
      default:
        _ = try editor.compact()
        let library = try Library(at: folder)
        #expect(library.deletedCount == 0 && library.rows == library.count)
      }
      let library = try Library(at: folder)
      #expect(library.structuresByID == model.structures, "seed \(seed), step \(step)")
      #expect(library.count == model.structures.count && library.counts.kept == library.count)
      try checkSearch(library)
    }
  }

  /// The columns answer as the rows do.
  private func checkSearch(_ library: Library) throws {
    let query = try library.fingerprint("COC(=O)c1ccc(cc1)C")
    let found = library.columns.nearest(to: query, count: 9) { !library.isDeleted($0) }
    let all = library.segments.indices.flatMap { number in
      library.segments[number].fingerprints.neighbours(of: query, threshold: 0).map {
        (row: $0.row + library.starts[number], similarity: $0.similarity)
      }
    }.filter { !library.isDeleted($0.row) }
      .sorted { ($1.similarity, $0.row) < ($0.similarity, $1.row) }
    #expect(found.map(\.row) == all.prefix(9).map(\.row))
  }

  private static let canonical: [String] = (0..<80).compactMap {
    try? Structure(parsing: MadeUpCompounds.smiles($0 * 11)).standardized(by: .default)
      .canonicalSMILES
  }
}

/// Numbers that a seed decides; Steele, Lea & Flood 2014.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
