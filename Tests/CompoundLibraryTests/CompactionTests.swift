import Fingerprints
import Foundation
import Molecules
import Parallelism
import Provenance
import Records
import TestSupport
import Testing

@testable import CompoundLibrary

@Suite struct CompactionTests {
  private let scratch: ScratchFolder
  private let folder: URL
  private var editor: LibraryEditor { LibraryEditor(at: folder, pool: WorkerPool(threads: 1)) }

  init() throws {
    scratch = try ScratchFolder()
    folder = scratch.url.appending(path: "l.olib")
  }

  @Test func `a build of more than sixteen segments ends compact`() throws {
    let (library, _) = try build(text: MadeUpCompounds.lines(107), at: folder, smallSegments(3))
    #expect(library.segments.map(\.rows) == [48, 48, 11])
    #expect(library.deletedCount == 0)
    #expect(library.ids == (0..<107).map { "M\($0)" })
    let row = try #require(library.rows(of: ["M100"])[0])
    #expect(library.origin(row).line == 101)
  }

  @Test func `segments are filled in order, full ones are left alone`() throws {
    let (before, _) = try build(text: MadeUpCompounds.lines(120), at: folder, smallSegments(3))
    try #require(before.segments.map(\.rows) == [48, 48, 24])
    _ = try editor.remove(["M50"])
    let input = try scratch.write(MadeUpCompounds.lines(5, from: 200), to: "a.smi")
    _ = try editor.add(from: [.file(input)])
    let first = before.segments[0].fileName
    _ = try editor.compact()
    let after = try Library(at: folder)
    #expect(after.segments.map(\.rows) == [48, 48, 28])
    #expect(after.segments[0].fileName == first)
    #expect(
      after.ids == (0..<120).filter { $0 != 50 }.map { "M\($0)" } + (200..<205).map { "M\($0)" })
    let digest = after.digest
    _ = try editor.compact()
    #expect(try Library(at: folder).digest == digest, "nothing is left to do")
  }

  @Test func `a compacted segment has the bytes of one built at once`() throws {
    let text = MadeUpCompounds.lines(90)
    let whole = scratch.url.appending(path: "whole.olib")
    let input = RecordSource.file(try scratch.write(text, to: "in.smi"))
    try build([input], at: whole, smallSegments(100))
    try build([input], at: folder, smallSegments(10))
    _ = try editor.compact()
    #expect(
      try Library(at: folder).manifest.segments.map(\.digest)
        == Library(at: whole).manifest.segments.map(\.digest))
  }

  @Test func `a damaged segment is not made sound by compacting it`() throws {
    try build(text: MadeUpCompounds.lines(40), at: folder, smallSegments(10))
    let url = folder.appending(path: "segment-000001.seg")
    var bytes = try Data(contentsOf: url)
    bytes[9_000] ^= 4
    try bytes.write(to: url)
    #expect(throws: LibraryError.changed("segment-000001.seg")) { try editor.compact() }
    #expect(try files(in: folder).count { $0.key.hasSuffix(".seg") } == 4)
  }

  /// Set to a folder on a small file system to try a disk that is full.
  static let smallDisk = ProcessInfo.processInfo.environment["OSONG_SMALL_DISK"]

  @Test(.enabled(if: smallDisk != nil))
  func `a full disk leaves the library as it was, and room lets the edit go on`() throws {
    for free in [0, 8_192, 65_536, 196_608, 327_680, 458_752, 655_360] { try edit(leaving: free) }
  }

  private func edit(leaving free: Int) throws {
    let disk = URL(filePath: try #require(Self.smallDisk))
    let folder = disk.appending(path: "l.olib")
    let filler = disk.appending(path: "filler")
    defer {
      try? FileManager.default.removeItem(at: folder)
      try? FileManager.default.removeItem(at: filler)
    }
    try build(text: MadeUpCompounds.lines(60), at: folder, smallSegments(15))
    let editor = LibraryEditor(at: folder, pool: WorkerPool(threads: 1))
    _ = try editor.remove(["M3", "M17"])
    let before = try Library(at: folder).structuresByID
    let input = try scratch.write(MadeUpCompounds.lines(60, from: 100), to: "more.smi")
    let edits: [() throws -> LibraryChange] = [
      { try editor.add(from: [.file(input)]) }, { try editor.compact() },
    ]
    for edit in edits {
      let before = try Library(at: folder).structuresByID
      try fill(filler, leaving: free)
      do {
        _ = try edit()
      } catch let error as FileError {
        #expect("\(error)".contains("No space left"), "\(free) free: \(error)")
        #expect(try Library(at: folder).structuresByID == before, "\(free) free")
      }
      try FileManager.default.removeItem(at: filler)
      _ = try edit()
    }
    let after = try Library(at: folder)
    #expect(after.count == before.count + 60 && after.deletedCount == 0)
    #expect(after.structuresByID.merging(before) { $1 } == after.structuresByID)
  }

  /// Writes a file until the disk has just so much room.
  private func fill(_ filler: URL, leaving free: Int) throws {
    try Data().write(to: filler)
    let handle = try FileHandle(forUpdating: filler)
    let piece = Data(count: 4_096)
    do { while true { try handle.write(contentsOf: piece) } } catch {}
    let length = try handle.seekToEnd()
    try handle.truncate(atOffset: length - UInt64(free))
    try handle.close()
  }
}
