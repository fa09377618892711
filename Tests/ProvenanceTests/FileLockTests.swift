import Foundation
import Provenance
import Testing

@Suite("File lock") struct FileLockTests {
  private let folder: TemporaryFolder
  private var url: URL { folder.url.appending(path: ".lock") }

  init() throws { folder = try TemporaryFolder() }

  private func isFree(for activity: String) throws -> Bool {
    if let lock = try FileLock(at: url, for: activity) {
      _ = consume lock
      return true
    }
    return false
  }

  @Test func `the second is told who holds the lock, since when, and what for`() throws {
    let since = Date(timeIntervalSince1970: 1_700_000_000)
    guard let lock = try FileLock(at: url, for: "adding compounds", now: since) else {
      Issue.record("the lock of a new file was refused")
      return
    }
    #expect(try !isFree(for: "compacting"))
    let holder = try #require(LockHolder(ofLockAt: url))
    let process = ProcessInfo.processInfo.processIdentifier
    #expect(holder == LockHolder(process: process, since: since, activity: "adding compounds"))
    #expect(
      holder.description == "process \(process), adding compounds since 2023-11-14T22:13:20Z")
    _ = consume lock
  }

  @Test func `a lock that was let go can be taken, and the note is the new holder's`() throws {
    do { _ = try FileLock(at: url, for: "a long description of the first one's work") }
    #expect(try isFree(for: "second"))
    #expect(LockHolder(ofLockAt: url)?.activity == "second")
  }

  @Test(arguments: ["", "{", "null", "\u{0}\u{1}"]) func `a note that cannot be read is no note`(
    _ text: String
  ) throws {
    try Data(text.utf8).write(to: url)
    #expect(LockHolder(ofLockAt: url) == nil)
    #expect(try isFree(for: "work"), "and keeps nobody from taking the lock")
  }
}

@Suite("File stamp") struct FileStampTests {
  @Test func `a stamp changes with the bytes, with the file, and not with reading`() throws {
    let folder = try TemporaryFolder()
    let url = folder.url.appending(path: "f")
    #expect(FileStamp(of: url) == nil)
    #expect(FileStamp(of: folder.url) == nil, "a folder has none")
    try Data("abc".utf8).write(to: url)
    let first = try #require(FileStamp(of: url))
    #expect(first.size == 3)
    _ = try Data(contentsOf: url)
    #expect(FileStamp(of: url) == first)
    // The clock of a file system ticks every few milliseconds.
    Thread.sleep(forTimeInterval: 0.03)
    let handle = try FileHandle(forUpdating: url)
    try handle.write(contentsOf: Data("abd".utf8))
    try handle.close()
    let second = try #require(FileStamp(of: url))
    #expect(second != first && second.number == first.number)
    try AtomicFile.write("abd", to: url)
    #expect(FileStamp(of: url)?.number != second.number)
  }
}
