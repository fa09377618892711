import Foundation
import Patents
import Records
import TestSupport
import Testing

@testable import Campaigns

/// An index lies on other people's disks: nothing in it may crash a program, or answer wrongly.
@Suite struct DamagedPatentIndexTests {
  private let corpus: SmallCorpus
  private var links: URL { corpus.folder.appending(path: LinkFile.fileName) }

  init() throws {
    corpus = try SmallCorpus()
    try corpus.build()
  }

  /// Reads everything there is, through a file whose digest nobody compared.
  private func readUnchecked() {
    guard let file = try? LinkFile(at: links, digest: nil) else { return }
    for compound in -1...file.compounds + 1 { _ = file.documents(of: compound).count }
  }

  @Test func `flipped bytes anywhere are refused, and harmless where nobody looks`() throws {
    let whole = try Data(contentsOf: links)
    for place in stride(from: 0, to: whole.count, by: 41) {
      var damaged = whole
      damaged[place] ^= 0x5A
      try damaged.write(to: links)
      #expect(throws: PatentError.self, "byte \(place)") { try corpus.check() }
      readUnchecked()
    }
    try whole.write(to: links)
    _ = try corpus.check()
  }

  @Test func `a cut file is refused`() throws {
    let whole = try Data(contentsOf: links)
    for length in stride(from: 0, to: whole.count, by: 97) {
      try whole.prefix(length).write(to: links)
      #expect(throws: PatentError.self, "\(length) bytes") { try corpus.check() }
      readUnchecked()
    }
  }

  @Test func `another library or manifest is refused`() throws {
    let manifest = corpus.folder.appending(path: CorpusManifest.fileName)
    let text = try String(contentsOf: manifest, encoding: .utf8)
    try text.replacing("2017-07-04", with: "2027-07-04").write(
      to: manifest, atomically: true, encoding: .utf8)
    #expect(throws: PatentError.self) { try corpus.check() }
    try text.write(to: manifest, atomically: true, encoding: .utf8)
    _ = try corpus.check()
    let other = try SmallCorpus()
    try other.build([
      .file(try other.scratch.write("smiles,patent\nCCOC,US1\n", to: "other.csv"))
    ])
    let library = corpus.folder.appending(path: "compounds.olib")
    try FileManager.default.removeItem(at: library)
    try FileManager.default.copyItem(
      at: other.folder.appending(path: "compounds.olib"), to: library)
    #expect(throws: PatentError.self) { try corpus.check() }
  }
}
