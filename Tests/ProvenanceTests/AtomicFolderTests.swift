import Foundation
import Provenance
import Testing

@Suite("Atomic folder") struct AtomicFolderTests {
  @Test func `a folder appears with all its files at once`() throws {
    let parent = try TemporaryFolder()
    let url = parent.url.appending(path: "result")
    let folder = try AtomicFolder(at: url, replacing: .never)
    try AtomicFile.write("1", to: folder.file("run.json"))
    #expect(try !parent.names.contains("result"))
    try folder.commit()
    #expect(try parent.names == ["result"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: url.path) == ["run.json"])
  }

  @Test func `a folder that is given up leaves no trace`() throws {
    let parent = try TemporaryFolder()
    do {
      let folder = try AtomicFolder(at: parent.url.appending(path: "result"), replacing: .never)
      try AtomicFile.write("1", to: folder.file("run.json"))
    }
    #expect(try parent.names.isEmpty)
  }

  @Test func `an earlier result is swapped out whole`() throws {
    let parent = try TemporaryFolder()
    let url = parent.url.appending(path: "result")
    for name in ["first.csv", "second.csv"] {
      let folder = try AtomicFolder(at: url, replacing: .ifItHolds("run.json"))
      try AtomicFile.write("1", to: folder.file("run.json"))
      try AtomicFile.write("1", to: folder.file(name))
      try folder.commit()
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
    #expect(names == ["run.json", "second.csv"])
    #expect(try parent.names == ["result"])
  }

  @Test(arguments: [AtomicFolder.Replacement.never, .ifItHolds("run.json")])
  func `somebody else's folder is left alone`(rule: AtomicFolder.Replacement) throws {
    let parent = try TemporaryFolder()
    let url = parent.url.appending(path: "home")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    try Data("thesis".utf8).write(to: url.appending(path: "thesis.txt"))
    #expect {
      _ = try AtomicFolder(at: url, replacing: rule)
    } throws: {
      ($0 as? FileError)?.operation == .replace
    }
    #expect(try parent.names == ["home"])
  }

  @Test func `an empty folder may be filled`() throws {
    let parent = try TemporaryFolder()
    let folder = try AtomicFolder(at: parent.url, replacing: .never)
    try AtomicFile.write("1", to: folder.file("a"))
    try folder.commit()
    #expect(try parent.names == ["a"])
  }
}
