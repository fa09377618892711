public import Foundation
import Provenance

extension Library {
  /// Keeps the library as it is now in a folder of its own.
  ///
  /// Segments are immutable, so the snapshot links to the same files and takes no room of its own
  /// until a compaction replaces them; on another disk they are copied. What is deleted or added
  /// later changes the library and not the snapshot.
  /// - Complexity: O(segments) with links.
  public func snapshot(at target: URL) throws {
    let files = FileManager.default
    let staged = try AtomicFolder(at: target, replacing: .ifItHolds(LibraryManifest.fileName))
    // A link moves a file's time of change; what was known of its bytes before is still known.
    let known = VerifiedFiles(in: folder)
    var sound: [String: Digest] = [:]
    for (name, digest) in manifest.files {
      let source = folder.appending(path: name)
      if let stamp = FileStamp(of: source), known.vouches(for: name, digest: digest, stamp: stamp) {
        sound[name] = digest
      }
      let link = staged.file(name)
      do { try files.linkItem(at: source, to: link) } catch {
        try files.copyItem(at: source, to: link)
      }
    }
    var manifest = manifest
    manifest.intake = nil
    try manifest.write(in: staged.staging)
    try staged.commit()
    VerifiedFiles.note(sound, in: folder, known: Set(manifest.files.keys))
    VerifiedFiles.note(sound, in: target, known: Set(manifest.files.keys))
  }
}
