import Entities
import Featurization
import Fingerprints
import Foundation
import Molecules
import Parallelism
import Records
import TestSupport
import Testing

@testable import CompoundLibrary

/// A library lies on other people's disks: nothing in it may crash a program that opens it.
@Suite struct DamagedLibraryTests {
  private let scratch: ScratchFolder
  private let folder: URL
  private let original: Library
  private var segment: URL { folder.appending(path: "segment-000000.seg") }
  private var manifest: URL { folder.appending(path: LibraryManifest.fileName) }

  init() throws {
    scratch = try ScratchFolder()
    folder = scratch.url.appending(path: "l.olib")
    original = try build(text: MadeUpCompounds.lines(40), at: folder, smallSegments(25)).library
  }

  /// Touches everything that a reader of texts would touch.
  private func read(_ library: Library) {
    for row in 0..<library.rows {
      _ = library.id(row).count + library.smiles(row).count
      let (segment, local) = library.locate(row)
      _ = segment.line(local)
      _ = segment.fingerprints[local]
    }
  }

  /// Touches everything that a search would touch.
  private func search(_ library: Library) throws {
    let compound = try library.options.preparation.compound(from: .smiles("CCOc1ccccc1"))
    let words = try compound.structure.fingerprintWords(library.options.fingerprint)
    let query = Fingerprint(bitCount: library.columns.bitCount, words: words)
    _ = library.columns.nearest(to: query, count: 5) { !library.isDeleted($0) }
    _ = library.columns.neighbours(of: query, threshold: 0.1) { !library.isDeleted($0) }
    for segment in library.segments { _ = segment.fingerprints.nearest(to: query, count: 5) }
    _ = library.rows(of: ["M3", "nobody"])
  }

  /// Opens; the error in words, nil when nothing was wrong.
  ///
  /// What opens unchecked is read and searched too: that must do no harm.
  private func complaint() throws -> String? {
    if let unchecked = try? Library(at: folder, verifying: .nothing) {
      read(unchecked)
      try search(unchecked)
    }
    do throws(LibraryError) {
      _ = try Library(at: folder)
      return nil
    } catch { return error.description }
  }

  private static func mask(_ place: Int) -> UInt8 { [0x01, 0x02, 0x10, 0x80][place % 4] }

  @Test func `the sound library has nothing to complain of`() throws {
    #expect(try complaint() == nil)
  }

  @Test func `no flipped byte of a segment's header passes`() throws {
    let sound = try Data(contentsOf: segment)
    // Magic, length and JSON.
    let end = 16 + Int(sound[8]) + Int(sound[9]) << 8
    try #require(end > 400 && end < 2_048)
    for place in 0..<end {
      var bytes = sound
      bytes[place] ^= Self.mask(place)
      try bytes.write(to: segment)
      #expect(try complaint() != nil, "byte \(place)")
    }
  }

  @Test func `no flipped byte of the sections passes`() throws {
    let sound = try Data(contentsOf: segment)
    for place in stride(from: 4_096, to: sound.count, by: 541) {
      var bytes = sound
      bytes[place] ^= UInt8(1 + place % 255)
      try bytes.write(to: segment)
      #expect(try complaint()?.contains("digest") ?? false, "byte \(place)")
    }
  }

  @Test func `no cut segment passes`() throws {
    let sound = try Data(contentsOf: segment)
    for length in Array(0..<40) + Array(stride(from: 40, to: sound.count, by: 1_511)) {
      try sound.prefix(length).write(to: segment)
      #expect(try complaint() != nil, "\(length) bytes")
    }
  }

  @Test func `a flipped byte of the manifest is refused or changes nothing`() throws {
    let sound = try Data(contentsOf: manifest)
    for place in sound.indices {
      var bytes = sound
      bytes[place] ^= Self.mask(place)
      try bytes.write(to: manifest)
      if try complaint() != nil { continue }
      let library = try Library(at: folder)
      #expect(library.options == original.options, "byte \(place)")
      #expect(library.counts == original.counts && library.inputs == original.inputs)
      #expect(library.ids == original.ids)
    }
  }

  @Test func `a manifest of another shape is refused`() throws {
    for text in ["", "{", "[]", "null", "{\"format\":2}", "{\"format\":\"one\"}"] {
      try Data(text.utf8).write(to: manifest)
      #expect(try complaint()?.hasPrefix("library.json is damaged") ?? false, "\(text)")
    }
  }

  @Test func `a newer format names both numbers`() throws {
    let text = try String(contentsOf: manifest, encoding: .utf8)
    let newer = text.replacing("\"format\" : 2", with: "\"format\" : 7")
    try #require(newer != text)
    try Data(newer.utf8).write(to: manifest)
    #expect(
      try complaint() == "the library has format 7, this program reads up to 2: use a newer osong")
  }

  @Test func `a library of the first format is to be built again`() throws {
    let text = try String(contentsOf: manifest, encoding: .utf8)
    try Data(text.replacing("\"format\" : 2", with: "\"format\" : 1").utf8).write(to: manifest)
    #expect(
      try complaint() == "the library has format 1, this program reads 2: build the library again")
  }

  @Test func `a segment of another library is refused`() throws {
    let other = scratch.url.appending(path: "other.olib")
    try build(text: MadeUpCompounds.lines(40, from: 50), at: other, smallSegments(25))
    try Data(contentsOf: other.appending(path: "segment-000000.seg")).write(to: segment)
    #expect(try complaint()?.contains("digest") ?? false)
  }

  @Test func `a missing file is named`() throws {
    try FileManager.default.removeItem(at: segment)
    #expect(try complaint()?.hasPrefix("segment-000000.seg is damaged") ?? false)
  }

  @Test func `no flipped byte and no cut of the deleted rows passes`() throws {
    _ = try LibraryEditor(at: folder, pool: WorkerPool(threads: 1)).remove(["M3", "M30"])
    let deleted = folder.appending(path: "deleted-000002.bits")
    let sound = try Data(contentsOf: deleted)
    for place in sound.indices {
      var bytes = sound
      bytes[place] ^= Self.mask(place)
      try bytes.write(to: deleted)
      #expect(try complaint()?.hasPrefix("deleted-000002.bits is damaged") ?? false, "\(place)")
      try sound.prefix(place).write(to: deleted)
      #expect(try complaint()?.hasPrefix("deleted-000002.bits is damaged") ?? false, "\(place)")
    }
    try sound.write(to: deleted)
    #expect(try complaint() == nil)
  }

  @Test(arguments: [1, 3]) func `a segment of another format says what to do`(_ format: Int) throws
  {
    var bytes = try Data(contentsOf: segment)
    let place = try #require(bytes.firstRange(of: Data("\"format\":2".utf8))).upperBound - 1
    bytes[place] = UInt8(ascii: "0") + UInt8(format)
    try bytes.write(to: segment)
    #expect(
      try complaint()
        == (format == 1
          ? "the library has format 1, this program reads 2: build the library again"
          : "the library has format 3, this program reads up to 2: use a newer osong"))
  }

  @Test func `folders that are no library say so`() throws {
    let nothing = scratch.url.appending(path: "nothing")
    #expect(throws: LibraryError.notFound(path: nothing.path)) { try Library(at: nothing) }
    #expect(throws: LibraryError.notALibrary(path: scratch.url.path)) {
      try Library(at: scratch.url)
    }
  }
}
