import Foundation
import Provenance
import Testing

@Suite("Atomic file") struct AtomicFileTests {
  @Test func `nothing stands under the name before the commit, and everything after it`() throws {
    let folder = try TemporaryFolder()
    let url = folder.url.appending(path: "hits.csv")
    var file = try AtomicFile(at: url)
    try file.write("rank,id\n")
    for row in 0..<100_000 { try file.write("\(row),x\n") }
    #expect(try !folder.names.contains("hits.csv"))
    let digest = try file.commit()
    #expect(try folder.names == ["hits.csv"])
    #expect(try Digest(ofFileAt: url) == digest)
    #expect(try folder.text("hits.csv").hasSuffix("99999,x\n"))
  }

  @Test func `a file that is given up leaves the old one as it was`() throws {
    let folder = try TemporaryFolder()
    let url = folder.url.appending(path: "hits.csv")
    try AtomicFile.write("old", to: url)
    do {
      var file = try AtomicFile(at: url)
      try file.write("new")
    }
    #expect(try folder.text("hits.csv") == "old")
    #expect(try folder.names == ["hits.csv"])
  }

  @Test func `what a killed writer left is cleared away, what a live one writes is not`() throws {
    let folder = try TemporaryFolder()
    try Data("half".utf8).write(to: folder.url.appending(path: ".osong-partial-dead"))
    let deadFolder = folder.url.appending(path: ".osong-partial-deadfolder")
    try FileManager.default.createDirectory(at: deadFolder, withIntermediateDirectories: false)
    var live = try AtomicFile(at: folder.url.appending(path: "one"))
    try live.write("1")
    let names = try folder.names
    #expect(names.count == 1 && names[0].hasPrefix(".osong-partial-"))
    try AtomicFile.write("2", to: folder.url.appending(path: "two"))
    try live.commit()
    #expect(try folder.names == ["one", "two"])
  }

  @Test func `a device is written, not replaced`() throws {
    try AtomicFile.write("gone", to: URL(fileURLWithPath: "/dev/null"))
    let attributes = try FileManager.default.attributesOfItem(atPath: "/dev/null")
    #expect(attributes[.type] as? FileAttributeType == .typeCharacterSpecial)
  }

  @Test func `a device without space is an error with the system's reason`() {
    #expect {
      try AtomicFile.write("x", to: URL(fileURLWithPath: "/dev/full"))
    } throws: { error in
      (error as? FileError)?.operation == .write && "\(error)".contains("No space left")
    }
  }

  @Test func `a link keeps pointing at the file behind it`() throws {
    let folder = try TemporaryFolder()
    let real = folder.url.appending(path: "real")
    let link = folder.url.appending(path: "link")
    try AtomicFile.write("old", to: real)
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: real)
    try AtomicFile.write("new", to: link)
    #expect(try folder.text("real") == "new")
    let attributes = try FileManager.default.attributesOfItem(atPath: link.path)
    #expect(attributes[.type] as? FileAttributeType == .typeSymbolicLink)
  }

  @Test func `a folder cannot be overwritten by a file`() throws {
    let folder = try TemporaryFolder()
    #expect(throws: FileError.self) { try AtomicFile.write("x", to: folder.url) }
  }

  /// Set to a folder on a file system of a few hundred kilobytes to try a disk that is full.
  static let smallDisk = ProcessInfo.processInfo.environment["OSONG_SMALL_DISK"]

  @Test(.enabled(if: smallDisk != nil))
  func `a full disk leaves the old file and no half of the new one`() throws {
    let folder = URL(fileURLWithPath: try #require(Self.smallDisk))
    let url = folder.appending(path: "hits.csv")
    try AtomicFile.write("old", to: url)
    #expect {
      var file = try AtomicFile(at: url)
      for _ in 0..<10_000 { try file.write(String(repeating: "x", count: 1_000)) }
      try file.commit()
    } throws: {
      "\($0)".contains("No space left")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["hits.csv"])
    #expect(try String(contentsOf: url, encoding: .utf8) == "old")
  }
}
