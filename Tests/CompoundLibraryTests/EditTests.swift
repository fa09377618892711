import CompoundLibrary
import Entities
import Fingerprints
import Foundation
import Molecules
import Parallelism
import Records
import TestSupport
import Testing

@Suite struct EditTests {
  private let scratch: ScratchFolder
  private var folder: URL { scratch.url.appending(path: "l.olib") }
  private var editor: LibraryEditor { LibraryEditor(at: folder, pool: WorkerPool(threads: 2)) }

  init() throws {
    scratch = try ScratchFolder()
    let input = try scratch.write("CCO a\nCCN b\nCCC c\n", to: "first.smi")
    try build([.file(input)], at: folder, smallSegments(2))
  }

  private func file(_ text: String, _ name: String = "more.smi") throws -> [RecordSource] {
    [.file(try scratch.write(text, to: name))]
  }

  private func opened() throws -> Library { try Library(at: folder) }

  @Test func `added compounds count, known identifiers and structures are refused`() throws {
    let change = try editor.add(from: try file("CCF d\nC1CC open\nCCCl a\nNCC e\nCCBr f\n"))
    let library = try opened()
    #expect(library.ids == ["a", "b", "c", "d", "f"])
    #expect(change.added == 2 && change.read == 5 && change.kept == 5)
    let reasons = ["unreadable": 1, "duplicate-identifier": 1, "duplicate-structure": 1]
    #expect(change.refused == reasons && library.counts.refused == reasons)
    let lines = try library.refusedLines
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("more.smi,2,open,unreadable,"))
    #expect(
      lines[1] == "more.smi,3,a,duplicate-identifier,repeats the identifier of line 1 of first.smi")
    #expect(lines[2] == "more.smi,4,e,duplicate-structure,is the same structure as b")
    #expect(library.inputs.map(\.name) == ["first.smi", "more.smi"])
    let row = try #require(library.rows(of: ["f"])[0])
    #expect(library.origin(row).line == 5)
    #expect(library.inputs[library.origin(row).input].name == "more.smi")
  }

  @Test func `each addition's refusals stand behind those before`() throws {
    for round in 1...3 { _ = try editor.add(from: try file("CCO x\(round)\n", "\(round).smi")) }
    let inputs = try opened().refusedLines.map { $0.prefix(while: { $0 != "," }) }
    #expect(inputs == ["1.smi", "2.smi", "3.smi"])
  }

  @Test func `an upsert takes the place of the compound of its name, and adds the others`() throws {
    let change = try editor.upsert(from: try file("CCF a\nCCCl new\nCCN b\n"))
    let library = try opened()
    #expect(library.ids.sorted() == ["a", "b", "c", "new"])
    let rows = library.rows(of: ["a", "b", "c", "nobody"])
    #expect(rows.map { $0.map(library.smiles) } == ["CCF", "CCN", "CCC", nil])
    #expect(change.added == 2 && change.replaced == 1 && library.counts.replaced == 1)
    #expect(change.unchanged == 1 && change.refused.isEmpty)
  }

  @Test func `an upsert of what is there changes nothing`() throws {
    let before = try opened()
    let change = try editor.upsert(from: try file("CCC c\nOCC a\nNCC b\nCCN x\n"))
    #expect(change.unchanged == 3 && change.added == 0 && change.replaced == 0)
    #expect(change.refused == ["duplicate-structure": 1])
    let after = try opened()
    #expect(after.digest == before.digest && after.rows == before.rows)
  }

  @Test func `an upsert never gives two compounds one structure`() throws {
    // a wants b's structure; b wants c's, c wants a new one: all but the last hold theirs still.
    let change = try editor.upsert(from: try file("CCN a\nCCC b\nCCF c\nCCCl x\nCCCl y\n"))
    #expect(change.refused == ["duplicate-structure": 3])
    let library = try opened()
    let rows = library.rows(of: ["a", "b", "c", "x", "y"])
    #expect(rows.map { $0.map(library.smiles) } == ["CCO", "CCN", "CCF", "CCCl", nil])
  }

  @Test func `of an identifier that comes twice in an upsert the first counts`() throws {
    let change = try editor.upsert(from: try file("CCF a\nCCCl a\n"))
    #expect(change.refused == ["duplicate-identifier": 1])
    let library = try opened()
    #expect(library.rows(of: ["a"]).map { $0.map(library.smiles) } == ["CCF"])
    #expect(
      try library.refusedLines == [
        "more.smi,2,a,duplicate-identifier,repeats the identifier of line 1"
      ])
  }

  @Test func `removed compounds are gone, unknown identifiers are told one by one`() throws {
    let change = try editor.remove(["b", "nobody", "b"])
    #expect(try opened().ids == ["a", "c"])
    #expect(change.removed == 1 && change.kept == 2)
    #expect(
      change.notRemoved == [
        RefusedRecord(line: 2, id: "nobody", reason: .unknownIdentifier),
        RefusedRecord(line: 3, id: "b", reason: .unknownIdentifier),
      ])
    #expect(try opened().counts.removed == 1)
  }

  @Test(arguments: [
    ("list.txt", "b\n\nnobody\nc\n", [3]), ("list.csv", "note,id\nx,b\ny,nobody\nz,c\n", [3]),
    ("one.csv", "which\nb\nnobody\nc\n", [3]), ("empty.txt", "", []),
  ])
  func `a list of identifiers is a plain file or a table`(
    _ name: String, _ text: String, _ unknown: [Int]
  ) throws {
    let change = try editor.remove(listedIn: .file(try scratch.write(text, to: name)))
    #expect(change.notRemoved.map(\.line) == unknown)
    #expect(try opened().ids == (text.isEmpty ? ["a", "b", "c"] : ["a"]))
  }

  @Test func `a removed identifier and its structure can come back`() throws {
    _ = try editor.remove(["b"])
    let change = try editor.add(from: try file("CCN b\n"))
    #expect(change.added == 1)
    #expect(try opened().ids == ["a", "c", "b"])
    _ = try editor.compact()
    #expect(try opened().ids == ["a", "c", "b"])
  }

  @Test func `a library from which all was removed is empty, searched, compacted and filled again`()
    throws
  {
    _ = try editor.remove(["a", "b", "c"])
    for _ in 0..<2 {
      let library = try opened()
      #expect(library.count == 0 && library.ids.isEmpty)
      let query = try library.fingerprint("CCO")
      #expect(library.columns.nearest(to: query, count: 5) { !library.isDeleted($0) }.isEmpty)
      _ = try editor.compact()
    }
    #expect(try opened().segments.isEmpty)
    _ = try editor.add(from: try file("CCO a\n"))
    #expect(try opened().ids == ["a"])
  }

  @Test func `an addition of nothing changes nothing`() throws {
    let before = try opened()
    let change = try editor.add(from: try file("CCO again\nC1CC open\n"))
    #expect(change.added == 0 && change.refused.count == 2)
    #expect(try opened().ids == before.ids)
    #expect(try opened().digest == before.digest, "the compounds are the same")
    #expect(try editor.remove(["nobody"]).removed == 0)
    #expect(try opened().digest == before.digest)
  }

  @Test func `a library of one compound can be edited`() throws {
    let single = scratch.url.appending(path: "one.olib")
    try build(text: "CCO a\n", at: single)
    let editor = LibraryEditor(at: single, pool: WorkerPool(threads: 1))
    _ = try editor.compact()
    _ = try editor.upsert(from: try file("CCN a\n"))
    _ = try editor.compact()
    let library = try Library(at: single)
    #expect(library.ids == ["a"] && library.rows == 1 && library.smiles(0) == "CCN")
  }

  @Test func `equal structures are kept where the library was built so`() throws {
    let twice = scratch.url.appending(path: "twice.olib")
    try build(text: "CCO a\n", at: twice, smallSegments(keepsDuplicateStructures: true))
    let editor = LibraryEditor(at: twice, pool: WorkerPool(threads: 1))
    _ = try editor.add(from: try file("OCC b\nCCN a\n"))
    #expect(try Library(at: twice).ids == ["a", "b"])
  }

  @Test func `a limit counts the records of the addition`() throws {
    let change = try editor.add(from: try file("C1CC open\nCCF d\nCCCl e\n"), limit: 2)
    #expect(change.read == 2)
    #expect(try opened().ids == ["a", "b", "c", "d"])
  }

  @Test func `what is no finished library is not edited, and stays as it is`() throws {
    let nothing = scratch.url.appending(path: "nothing")
    let editor = LibraryEditor(at: nothing, pool: WorkerPool(threads: 1))
    #expect(throws: LibraryError.notFound(path: nothing.path)) { try editor.compact() }
    let other = LibraryEditor(at: scratch.url, pool: WorkerPool(threads: 1))
    #expect(throws: LibraryError.notALibrary(path: scratch.url.path)) { try other.remove(["a"]) }
    #expect(!FileManager.default.fileExists(atPath: scratch.path(".lock")))
  }

  @Test func `an edited library is not taken for a build of its first inputs`() throws {
    let input = RecordSource.file(scratch.path("first.smi"))
    _ = try editor.compact()
    try build([input], at: folder, smallSegments(2))
    _ = try editor.remove(["a"])
    #expect(throws: LibraryError.differs(path: folder.path)) {
      try build([input], at: folder, smallSegments(2))
    }
  }
}
