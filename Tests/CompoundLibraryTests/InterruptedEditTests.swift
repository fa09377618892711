import Entities
import Foundation
import Molecules
import Parallelism
import Provenance
import Records
import Synchronization
import TestSupport
import Testing

@testable import CompoundLibrary

/// An edit is stopped at each of its steps: what the folder holds then is what a kill would leave.
@Suite struct InterruptedEditTests {
  private let scratch: ScratchFolder
  private let start: URL
  private let more: [RecordSource]

  init() throws {
    scratch = try ScratchFolder()
    start = scratch.url.appending(path: "start.olib")
    try build(text: MadeUpCompounds.lines(30), at: start, smallSegments(4))
    let renamed = (0..<20).map { "\(MadeUpCompounds.smiles($0 * 7 + 300)) M\($0)\n" }.joined()
    more = [.file(try scratch.write(renamed + "C1CC open\nCCO new\n", to: "more.smi"))]
  }

  enum Edit: String, CaseIterable, Sendable {
    case add, upsert, remove, compact, compactAfterRemoval
  }

  private func run(_ edit: Edit, _ editor: LibraryEditor) throws {
    switch edit {
    case .add: _ = try editor.add(from: more)
    case .upsert: _ = try editor.upsert(from: more)
    case .remove: _ = try editor.remove((0..<15).map { "M\($0 * 2)" })
    case .compact, .compactAfterRemoval: _ = try editor.compact()
    }
  }

  private func copy(_ folder: URL, to name: String) throws -> URL {
    let copy = scratch.url.appending(path: name)
    try FileManager.default.copyItem(at: folder, to: copy)
    return copy
  }

  private func base(for edit: Edit) throws -> URL {
    let base = try copy(start, to: "base")
    if edit == .compactAfterRemoval {
      let editor = LibraryEditor(at: base, pool: WorkerPool(threads: 1))
      _ = try editor.remove((0..<30).filter { $0 % 3 == 1 || $0 > 24 }.map { "M\($0)" })
    }
    return base
  }

  @Test(arguments: Edit.allCases)
  func `killed at any step, the library is the old one or the new one, and the edit goes on`(
    _ edit: Edit
  ) throws {
    let base = try base(for: edit)
    let old = try Library(at: base).structuresByID
    // The whole folder at each step, as a kill would leave it: no clean-up has run.
    let working = try copy(base, to: "working")
    let scratch = scratch.url
    let copies = Mutex<[URL]>([])
    var editor = LibraryEditor(at: working, pool: WorkerPool(threads: 2))
    editor.after = { step in
      try copies.withLock { copies in
        let copy = scratch.appending(path: "killed-\(copies.count)-\(step)")
        try FileManager.default.copyItem(at: working, to: copy)
        copies.append(copy)
      }
    }
    try run(edit, editor)
    let new = try Library(at: working).structuresByID
    let undisturbed = try files(in: working)
    let killed = copies.withLock { $0 }
    #expect(killed.count >= 3)
    for folder in killed {
      let found = try Library(at: folder).structuresByID
      #expect(found == old || found == new, "\(folder.lastPathComponent)")
      let again = LibraryEditor(at: folder, pool: WorkerPool(threads: 1))
      // What had come in before the kill is refused the second time, and nothing changes.
      try run(edit, again)
      #expect(try Library(at: folder).structuresByID == new, "\(folder.lastPathComponent)")
      if found == old, edit != .compactAfterRemoval, edit != .compact {
        #expect(try files(in: folder) == undisturbed, "\(folder.lastPathComponent)")
      }
      let segments = try files(in: folder).filter { $0.key.hasSuffix(".seg") }
      #expect(segments.count == (try Library(at: folder).segments.count), "no file is left over")
    }
  }

  @Test func `a compaction that was killed ends with the same segments`() throws {
    let base = try base(for: .compactAfterRemoval)
    let whole = try copy(base, to: "whole")
    _ = try LibraryEditor(at: whole, pool: WorkerPool(threads: 1)).compact()
    let steps = Mutex(0)
    for stop in 1...40 {
      let folder = try copy(base, to: "stop-\(stop)")
      var editor = LibraryEditor(at: folder, pool: WorkerPool(threads: 1))
      steps.withLock { $0 = 0 }
      editor.after = { _ in
        let isLast = steps.withLock { count in
          count += 1
          return count == stop
        }
        if isLast { throw Interruption(of: "the test") }
      }
      do { _ = try editor.compact() } catch is Interruption {
        editor.after = { _ in }
        _ = try editor.compact()
      }
      let library = try Library(at: folder)
      #expect(library.digest == (try Library(at: whole).digest), "stopped at \(stop)")
    }
  }

  /// The library in segments of sixty compounds.
  private func larger() throws -> URL {
    let folder = scratch.url.appending(path: "l.olib")
    try build(text: MadeUpCompounds.lines(30), at: folder, smallSegments(60))
    return folder
  }

  @Test func `an addition of many segments goes on where it was killed`() throws {
    let folder = try larger()
    let sources = [
      RecordSource.file(try scratch.write(MadeUpCompounds.lines(900, from: 40), to: "many.smi"))
    ]
    let whole = try copy(folder, to: "whole")
    _ = try LibraryEditor(at: whole, pool: WorkerPool(threads: 1)).add(from: sources)
    let editor = LibraryEditor(at: folder, pool: WorkerPool(threads: 2))
    let old = try Library(at: folder).structuresByID
    var attempts = 0
    var readAgain: [Int] = []
    while true {
      attempts += 1
      var chunks = 0
      do {
        let change = try editor.add(
          from: sources,
          shouldStop: {
            chunks += 1
            return chunks == 2
          }, progress: { if chunks == 1 { readAgain.append($0.records) } })
        #expect(change.read == 900)
        break
      } catch is Interruption {
        #expect(try Library(at: folder).structuresByID == old, "nothing counts before all does")
        try #require(attempts < 50)
      }
    }
    #expect(attempts > 1 && readAgain == readAgain.sorted())
    #expect(try files(in: folder) == files(in: whole))
  }

  @Test func `another edit gives an addition up that was killed`() throws {
    let folder = try larger()
    let editor = LibraryEditor(at: folder, pool: WorkerPool(threads: 1))
    let sources = [
      RecordSource.file(try scratch.write(MadeUpCompounds.lines(900, from: 40), to: "many.smi"))
    ]
    #expect(throws: Interruption.self) { try editor.add(from: sources, shouldStop: { true }) }
    _ = try editor.remove(["M0"])
    let library = try Library(at: folder)
    let names = try files(in: folder).keys.filter { $0.hasSuffix(".seg") }
    #expect(names.count == library.segments.count && library.count == 29)
    #expect(try !files(in: folder).keys.contains("refused.jsonl"))
  }
}
