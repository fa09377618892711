import Foundation
import Provenance

/// Which files of a library are known to hold the bytes their digests stand for.
///
/// A digest of sixty gigabytes takes a minute, a stamp takes a microsecond: a file that was digested
/// once (or written by us) and has the same stamp today was not changed since. The note is a hidden
/// file; without it, or in a copy of the library, files are digested again.
struct VerifiedFiles: Codable, Hashable, Sendable {
  static let fileName = ".verified.json"

  struct Entry: Codable, Hashable, Sendable {
    let digest: Digest
    let stamp: FileStamp
  }

  /// By file name.
  private(set) var entries: [String: Entry] = [:]

  /// The note in a folder; an empty one where there is none that can be read.
  init(in folder: URL) {
    let url = folder.appending(path: Self.fileName)
    if let found = try? StableJSON.decode(VerifiedFiles.self, at: url) { self = found }
  }

  /// Whether the file is known to have this digest.
  func vouches(for name: String, digest: Digest, stamp: FileStamp) -> Bool {
    entries[name] == Entry(digest: digest, stamp: stamp)
  }

  /// Notes files that have the digests given, and forgets files that are not `known`.
  ///
  /// A folder that cannot be written keeps no note.
  static func note(_ files: [String: Digest], in folder: URL, known: Set<String>) {
    let stamps = settledStamps(of: files.keys.map { folder.appending(path: $0) })
    var note = VerifiedFiles(in: folder)
    note.entries = note.entries.filter { known.contains($0.key) }
    for (name, digest) in files {
      if let stamp = stamps[name] { note.entries[name] = Entry(digest: digest, stamp: stamp) }
    }
    _ = try? StableJSON.write(note, to: folder.appending(path: fileName))
  }

  /// The stamps of files, taken when a later change is sure to give another one.
  ///
  /// File systems' clocks tick every few milliseconds: two writes within one tick look the same. So
  /// a stamp counts only if it is older than a tick and still the same.
  private static func settledStamps(of urls: [URL]) -> [String: FileStamp] {
    let tick = 0.015
    let before = urls.map { FileStamp(of: $0) }
    let newest = Double(before.compactMap { $0?.changed }.max() ?? 0) / 1e9
    let age = Date().timeIntervalSince1970 - newest
    // A clock that is far ahead, as of another machine's disk, is not waited for.
    if age < tick { Thread.sleep(forTimeInterval: min(tick, max(0, tick - age))) }
    var stamps: [String: FileStamp] = [:]
    for (url, stamp) in zip(urls, before) where stamp != nil && FileStamp(of: url) == stamp {
      stamps[url.lastPathComponent] = stamp
    }
    return stamps
  }
}

/// Which files are read as a whole and compared with their digests when a library is opened.
public enum LibraryVerification: Hashable, Sendable {
  /// Those not known to be unchanged since they were written or last compared. The rule.
  case changedFiles
  /// All of them.
  case everything
  /// None: what was changed is noticed only where it makes no sense. Nothing can crash.
  case nothing
}
