import Fingerprints
public import Foundation
import Provenance

extension Library {
  /// Opens the library in `folder`.
  ///
  /// Only headers are read, and files that changed since their digests were last compared: a library
  /// on its own disk opens in milliseconds, a copy of one is read once. A file whose bytes are not
  /// those that were written is refused by its name. Where the folder cannot be written, what was
  /// compared cannot be noted, and the next one to open it compares again unless told not to.
  public init(
    at folder: URL, verifying verification: LibraryVerification = .changedFiles
  ) throws(LibraryError) {
    self = Library(try OpenedLibrary(folder, verification))
  }

  /// Reads every file and compares its digest with the one noted at its writing.
  ///
  /// The library must not have been edited since it was opened.
  public func verify() throws(LibraryError) {
    try OpenedLibrary.verify(manifest, in: folder, .everything)
  }
}

/// The files of one generation, opened together.
struct OpenedLibrary {
  let folder: URL
  let manifest: LibraryManifest
  let list: SegmentList
  let deleted: Tombstones

  /// Opens what the manifest names.
  ///
  /// A writer may replace the manifest and remove old files in between; then the new one is read.
  init(_ folder: URL, _ verification: LibraryVerification) throws(LibraryError) {
    var manifest = try LibraryManifest.read(in: folder)
    while true {
      do throws(LibraryError) {
        self = try OpenedLibrary(manifest, in: folder, verification)
        return
      } catch {
        guard case .damaged = error else { throw error }
        let now = try LibraryManifest.read(in: folder)
        if now.generation == manifest.generation { throw error }
        manifest = now
      }
    }
  }

  private init(
    _ manifest: LibraryManifest, in folder: URL, _ verification: LibraryVerification
  ) throws(LibraryError) {
    guard manifest.generation > 0 else { throw .unfinished(path: folder.path) }
    self.folder = folder
    self.manifest = manifest
    list = try LibraryFolder(url: folder).open(manifest.segments, of: manifest)
    if let entry = manifest.deleted {
      guard let bytes = try? MappedBytes(path: folder.appending(path: entry.file).path),
        let deleted = Tombstones(bytes, rows: list.rows)
      else { throw .damaged(file: entry.file, reason: "it does not fit the library") }
      self.deleted = deleted
    } else {
      deleted = Tombstones()
    }
    try Self.verify(manifest, in: folder, verification)
  }

  /// Compares files with their digests and notes those that were found sound.
  static func verify(
    _ manifest: LibraryManifest, in folder: URL, _ verification: LibraryVerification
  ) throws(LibraryError) {
    if verification == .nothing { return }
    let note = VerifiedFiles(in: folder)
    var found: [String: Digest] = [:]
    for (name, digest) in manifest.files.sorted(by: { $0.key < $1.key }) {
      let url = folder.appending(path: name)
      guard let stamp = FileStamp(of: url) else {
        throw .damaged(file: name, reason: "it cannot be opened")
      }
      let isKnown = note.vouches(for: name, digest: digest, stamp: stamp)
      if isKnown, verification == .changedFiles { continue }
      guard (try? Digest(ofFileAt: url)) == digest else { throw .changed(name) }
      found[name] = digest
    }
    if !found.isEmpty {
      VerifiedFiles.note(found, in: folder, known: Set(manifest.files.keys))
    }
  }
}
