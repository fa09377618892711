import Entities
import Foundation
import Molecules
import Parallelism
import Records
import TestSupport
import Testing

@testable import CompoundLibrary

@Suite struct InterruptedBuildTests {
  private static let options = smallSegments(90)
  private let scratch: ScratchFolder
  private let sources: [RecordSource]
  private let undisturbed: [String: Data]
  private var folder: URL { scratch.url.appending(path: "l.olib") }

  init() throws {
    scratch = try ScratchFolder()
    let first = MadeUpCompounds.lines(400) + "C1CC open\n" + MadeUpCompounds.lines(30)
    let second = "CC(C)(C)(C)C five\n" + MadeUpCompounds.lines(500, from: 350)
    sources = [
      .file(try scratch.write(first, to: "a.smi")), .file(try scratch.write(second, to: "b.smi")),
    ]
    let whole = scratch.url.appending(path: "whole.olib")
    try build(sources, at: whole, Self.options)
    undisturbed = try files(in: whole)
  }

  /// Builds until the chunk of this number, then stops.
  private func attempt(stoppingAt chunk: Int) throws {
    var chunks = 0
    _ = try LibraryBuilder(at: folder, options: Self.options, pool: WorkerPool(threads: 2)).build(
      from: sources,
      shouldStop: {
        chunks += 1
        return chunks == chunk
      })
  }

  @Test(arguments: 1...4) func `a build that is stopped goes on to the same bytes`(_ chunk: Int)
    throws
  {
    #expect(throws: Interruption.self) { try attempt(stoppingAt: chunk) }
    #expect(throws: LibraryError.unfinished(path: folder.path)) { try Library(at: folder) }
    try build(sources, at: folder, Self.options)
    #expect(try files(in: folder) == undisturbed)
  }

  @Test func `a build that is stopped again and again ends all the same`() throws {
    var attempts = 0
    while true {
      attempts += 1
      do { try attempt(stoppingAt: 2) } catch is Interruption {
        try #require(attempts < 100)
        continue
      }
      break
    }
    #expect(attempts >= 3)
    #expect(try files(in: folder) == undisturbed)
  }

  @Test func `half-written files and rows beyond the safe point do no harm`() throws {
    #expect(throws: Interruption.self) { try attempt(stoppingAt: 2) }
    try Data("half".utf8).write(to: folder.appending(path: "segment-000099.seg"))
    try Data("half".utf8).write(to: folder.appending(path: ".osong-partial-0"))
    try Data("half".utf8).write(to: folder.appending(path: "refused.csv.partial"))
    let log = folder.appending(path: "refused.jsonl")
    try (Data(contentsOf: log) + Data("{\"half".utf8)).write(to: log)
    try build(sources, at: folder, Self.options)
    #expect(try files(in: folder) == undisturbed)
    let hidden = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasPrefix(".") }
    #expect(hidden.sorted() == [".lock", ".verified.json"])
  }

  @Test(arguments: ["segment-000000.seg", "refused.jsonl"])
  func `an attempt that lost a file begins anew`(_ name: String) throws {
    #expect(throws: Interruption.self) { try attempt(stoppingAt: 3) }
    try FileManager.default.removeItem(at: folder.appending(path: name))
    try build(sources, at: folder, Self.options)
    #expect(try files(in: folder) == undisturbed)
  }

  @Test func `an attempt with a damaged segment begins anew`() throws {
    #expect(throws: Interruption.self) { try attempt(stoppingAt: 3) }
    let url = folder.appending(path: "segment-000001.seg")
    var bytes = try Data(contentsOf: url)
    bytes[bytes.count - 9] ^= 1
    try bytes.write(to: url)
    try build(sources, at: folder, Self.options)
    #expect(try files(in: folder) == undisturbed)
  }

  @Test func `a kill between the last manifest and the end leaves no log behind`() throws {
    try build(sources, at: folder, Self.options)
    try Data().write(to: folder.appending(path: "refused.jsonl"))
    try build(sources, at: folder, Self.options)
    #expect(try files(in: folder) == undisturbed)
  }

  @Test func `other inputs in the folder of an attempt begin anew`() throws {
    #expect(throws: Interruption.self) { try attempt(stoppingAt: 3) }
    let (library, _) = try build(text: "CCO a\n", at: folder, Self.options)
    #expect(library.ids == ["a"])
    #expect(library.segments.count == 1)
    let segments = try files(in: folder).keys.filter { $0.hasSuffix(".seg") }
    #expect(segments == ["segment-000000.seg"])
  }
}
