import CompoundLibrary
import Fingerprints
import Foundation
import Molecules
import Parallelism
import Provenance
import Records
import TestSupport
import Testing

@Suite struct LibraryBuildTests {
  let scratch: ScratchFolder
  init() throws { scratch = try ScratchFolder() }

  @Test func `one and two threads write the same bytes`() throws {
    var text = MadeUpCompounds.lines(700)
    text += "C1CC broken\n\u{0}\n" + MadeUpCompounds.lines(50)
    let input = RecordSource.file(try scratch.write(text, to: "in.smi"))
    let one = scratch.url.appending(path: "one.olib")
    let two = scratch.url.appending(path: "two.olib")
    try build([input], at: one, threads: 1)
    try build([input], at: two, threads: 2)
    let files = try files(in: one)
    // The last fifty repeat the first ones: a segment of which nothing is left is left out.
    #expect(files.keys.count { $0.hasSuffix(".seg") } == 7)
    #expect(try files == TestSupport.files(in: two))
  }

  @Test func `a library gives back what was put in, across its segments`() throws {
    let input = RecordSource.file(try scratch.write(MadeUpCompounds.lines(250), to: "in.smi"))
    let (library, counts) = try build([input], at: scratch.url.appending(path: "l.olib"))
    #expect(library.segments.map(\.rows) == [100, 100, 50])
    #expect(library.count == 250 && counts.kept == 250 && counts.read == 250)
    for row in [0, 99, 100, 199, 200, 249] {
      let smiles = try Structure(parsing: MadeUpCompounds.smiles(row * 7 % MadeUpCompounds.count))
        .standardized(by: .default).canonicalSMILES
      #expect(library.id(row) == "M\(row)")
      #expect(library.smiles(row) == smiles)
      let (segment, local) = library.locate(row)
      #expect(segment.line(local) == row + 1)
      let words = try Structure(parsing: smiles).fingerprintWords(.ecfp4)
      #expect(segment.fingerprints[local].words == words)
    }
    try library.verify()
  }

  @Test func `refused records stand in the table with line, name and reason`() throws {
    let text = "CCO good\nC1CC open\nCC(C)(C)(C)C five\n\nCCN last\n"
    let (library, counts) = try build(text: text, at: scratch.url.appending(path: "l.olib"))
    #expect(library.ids == ["good", "last"])
    #expect(counts.refused == ["unreadable": 2])
    let lines = try library.refusedLines
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("the given bytes,2,open,unreadable,"))
    #expect(lines[1].hasPrefix("the given bytes,3,five,unreadable,"))
  }

  @Test func `a limit counts records over all inputs, refused ones too`() throws {
    let first = RecordSource.file(
      try scratch.write("C1CC bad\n" + MadeUpCompounds.lines(9), to: "a.smi"))
    let second = RecordSource.file(
      try scratch.write(MadeUpCompounds.lines(20, from: 9), to: "b.smi"))
    let (library, counts) = try build(
      [first, second], at: scratch.url.appending(path: "l.olib"), smallSegments(limit: 15))
    #expect(counts.read == 15)
    #expect(library.ids == (0..<14).map { "M\($0)" })
  }

  @Test func `records without a name get that of their file, also where files share theirs`() throws
  {
    let folders = try ["x", "y"].map { name -> String in
      let folder = scratch.url.appending(path: name)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let smiles = name == "x" ? "CCO\nCCN" : "CCC\nCCCl"
      let file = folder.appending(path: "set.csv")
      try Data("smiles\n\(smiles)\n".utf8).write(to: file)
      return file.path
    }
    let partly = try scratch.write("CCCC\nCCBr named\nCCI\n", to: "partly.smi")
    let (library, _) = try build(
      (folders + [partly]).map { .file($0) }, at: scratch.url.appending(path: "l.olib"))
    #expect(
      library.ids == ["set-1", "set-2", "set-2-1", "set-2-2", "partly-1", "named", "partly-3"])
  }

  @Test func `a finished library is left alone by the same build, and by another one`() throws {
    let path = try scratch.write("smiles,other\nCCO,CCN\nCCC,CCCl\n", to: "in.csv")
    let folder = scratch.url.appending(path: "l.olib")
    try build([.file(path)], at: folder)
    let before = try files(in: folder)
    try build([.file(path)], at: folder)
    #expect(try files(in: folder) == before)
    #expect(throws: LibraryError.differs(path: folder.path)) {
      try build([.file(path)], at: folder, smallSegments(keepsDuplicateStructures: true))
    }
    #expect(throws: LibraryError.differs(path: folder.path), "other columns are another library") {
      try build(
        [.file(path)], at: folder, columns: ColumnSelection(structure: .named("other")))
    }
    #expect(try files(in: folder) == before)
  }

  @Test func `a folder with other files is never built in`() throws {
    try scratch.write("mine", to: "letter.txt")
    #expect(throws: LibraryError.notALibrary(path: scratch.url.path)) {
      try build(text: "CCO a\n", at: scratch.url)
    }
    #expect(try files(in: scratch.url).keys.sorted() == ["letter.txt"])
  }

  @Test func `inputs without a single usable compound say so, and better ones take the place`()
    throws
  {
    let folder = scratch.url.appending(path: "l.olib")
    let bad = RecordSource.file(try scratch.write("C1CC open\n", to: "bad.smi"))
    for _ in 0..<2 { #expect(throws: LibraryError.noCompounds) { try build([bad], at: folder) } }
    #expect(throws: LibraryError.unfinished(path: folder.path)) { try Library(at: folder) }
    let table = try String(
      contentsOf: folder.appending(path: "refused.csv"), encoding: .utf8)
    #expect(table.contains("bad.smi,1,open,unreadable,"))
    let (library, _) = try build(text: "CCO a\n", at: folder)
    #expect(library.ids == ["a"])
  }

  @Test func `while one process builds, another is told so`() throws {
    let folder = scratch.url.appending(path: "l.olib")
    let path = try scratch.write(MadeUpCompounds.lines(300), to: "in.smi")
    let builder = LibraryBuilder(at: folder, pool: WorkerPool(threads: 1))
    var refusals: [LibraryError] = []
    _ = try builder.build(
      from: [.file(path)],
      progress: { _ in
        do { _ = try builder.build(from: [.file(path)]) } catch let error as LibraryError {
          refusals.append(error)
        } catch {}
      })
    guard case .locked(folder.path, let holder?) = refusals.first else {
      Issue.record("the second was told \(refusals)")
      return
    }
    #expect(holder.process == ProcessInfo.processInfo.processIdentifier)
    #expect(holder.activity == "building it")
  }
}
