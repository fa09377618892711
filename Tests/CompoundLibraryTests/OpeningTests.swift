import Fingerprints
import Foundation
import Molecules
import Parallelism
import Provenance
import Records
import Synchronization
import TestSupport
import Testing

@testable import CompoundLibrary

@Suite struct OpeningTests {
  private let scratch: ScratchFolder
  private let folder: URL
  private var note: URL { folder.appending(path: VerifiedFiles.fileName) }
  private var editor: LibraryEditor { LibraryEditor(at: folder, pool: WorkerPool(threads: 1)) }

  init() throws {
    scratch = try ScratchFolder()
    folder = scratch.url.appending(path: "l.olib")
    try build(text: MadeUpCompounds.lines(60), at: folder, smallSegments(20))
  }

  /// Changes a byte, so that only a digest can tell.
  private func damage(_ name: String) throws {
    let url = folder.appending(path: name)
    let handle = try FileHandle(forUpdating: url)
    let end = try handle.seekToEnd()
    try handle.seek(toOffset: end / 2)
    let byte = try #require(try handle.read(upToCount: 1))[0]
    try handle.seek(toOffset: end / 2)
    try handle.write(contentsOf: Data([byte ^ 8]))
    try handle.close()
  }

  @Test func `what was not changed is not read again, what was changed is`() throws {
    // A note that vouches for a damaged file shows that the file is not read.
    try damage("segment-000001.seg")
    #expect(throws: LibraryError.changed("segment-000001.seg")) { try Library(at: folder) }
    let digest = try #require(
      LibraryManifest.read(in: folder).files["segment-000001.seg"])
    VerifiedFiles.note(
      ["segment-000001.seg": digest], in: folder,
      known: Set(try LibraryManifest.read(in: folder).files.keys))
    _ = try Library(at: folder)
    #expect(throws: LibraryError.changed("segment-000001.seg")) {
      try Library(at: folder, verifying: .everything)
    }
    _ = try Library(at: folder, verifying: .nothing)
    try damage("segment-000001.seg")
    try damage("segment-000000.seg")
    #expect(throws: LibraryError.changed("segment-000000.seg")) { try Library(at: folder) }
  }

  @Test func `a copy is read once, and damage done by copying is found`() throws {
    let copy = scratch.url.appending(path: "copy.olib")
    try FileManager.default.copyItem(at: folder, to: copy)
    let files = try LibraryManifest.read(in: copy).files
    func isVouchedFor() -> Bool {
      let note = VerifiedFiles(in: copy)
      return files.allSatisfy { name, digest in
        FileStamp(of: copy.appending(path: name)).map {
          note.vouches(for: name, digest: digest, stamp: $0)
        } ?? false
      }
    }
    #expect(!isVouchedFor())
    _ = try Library(at: copy)
    #expect(isVouchedFor())
    let second = scratch.url.appending(path: "second.olib")
    try damage("segment-000002.seg")
    try FileManager.default.copyItem(at: folder, to: second)
    #expect(throws: LibraryError.changed("segment-000002.seg")) { try Library(at: second) }
  }

  @Test(arguments: ["", "{}", "{\"entries\":3}", "null"])
  func `a note that cannot be read is no note`(_ text: String) throws {
    try Data(text.utf8).write(to: note)
    _ = try Library(at: folder)
    try damage("segment-000000.seg")
    try Data(text.utf8).write(to: note)
    #expect(throws: LibraryError.changed("segment-000000.seg")) { try Library(at: folder) }
  }

  @Test func `a folder that cannot be written is opened all the same`() throws {
    try FileManager.default.removeItem(at: note)
    // A folder under the note's name keeps even the administrator from writing it.
    try FileManager.default.createDirectory(at: note, withIntermediateDirectories: false)
    #expect(try Library(at: folder).count == 60)
    #expect(try Library(at: folder).count == 60)
    try damage("segment-000000.seg")
    #expect(throws: LibraryError.changed("segment-000000.seg")) { try Library(at: folder) }
  }

  @Test func `a reader keeps its compounds while others are added, removed and compacted`() throws {
    let before = try Library(at: folder)
    let ids = before.ids
    let query = try before.fingerprint("COC(=O)c1ccc(cc1)C")
    func hits() -> [Neighbour] {
      before.columns.nearest(to: query, count: 12) { !before.isDeleted($0) }
    }
    let found = hits()
    func check() {
      #expect(before.ids == ids)
      #expect(hits() == found)
    }
    _ = try editor.remove((0..<30).map { "M\($0)" })
    check()
    let input = try scratch.write(MadeUpCompounds.lines(50, from: 100), to: "more.smi")
    _ = try editor.upsert(from: [.file(input)])
    check()
    _ = try editor.compact()
    check()
    let names = try files(in: folder).keys
    #expect(!names.contains("segment-000000.seg"), "the file is gone, its mapping is not")
    #expect(try Library(at: folder).ids.count == 80)
  }

  @Test func `a library is opened whole while another thread edits it`() throws {
    let folder = folder
    let isDone = Atomic(false)
    let generations = Mutex<Set<Int>>([])
    let failures = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 3) { worker in
      do {
        if worker == 0 {
          defer { isDone.store(true, ordering: .releasing) }
          let editor = LibraryEditor(at: folder, pool: WorkerPool(threads: 1))
          for round in 0..<6 {
            _ = try editor.remove(["M\(round)"])
            _ = try editor.add(from: [
              .bytes(Array("\(MadeUpCompounds.smiles(round)) x\(round)".utf8))
            ])
            _ = try editor.compact()
          }
          return
        }
        while !isDone.load(ordering: .acquiring) {
          let library = try Library(at: folder)
          if library.ids.count != library.count {
            failures.withLock { $0.append("\(library.ids.count) of \(library.count)") }
          }
          _ = generations.withLock { $0.insert(library.generation) }
        }
      } catch { failures.withLock { $0.append("\(error)") } }
    }
    #expect(failures.withLock { $0 } == [])
    #expect(generations.withLock { $0.count } > 1)
  }

  @Test func `two editors at once: the second is told of the first`() throws {
    let folder = folder
    let refusals = Mutex<[LibraryError]>([])
    var first = editor
    first.after = { step in
      do { _ = try LibraryEditor(at: folder, pool: WorkerPool(threads: 1)).compact() } catch let
        error as LibraryError
      {
        refusals.withLock { $0.append(error) }
      }
    }
    _ = try first.remove(["M1"])
    guard case .locked(folder.path, let holder?) = refusals.withLock({ $0.first }) else {
      Issue.record("the second was told \(refusals.withLock { $0 })")
      return
    }
    #expect(holder.activity == "removing compounds")
    #expect(holder.process == ProcessInfo.processInfo.processIdentifier)
    #expect(try Library(at: folder).count == 59)
  }
}
