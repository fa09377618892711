public import Foundation

extension Digest {
  /// Digests a file piece by piece, in one mebibyte of memory however long the file is.
  public init(ofFileAt url: URL) throws(FileError) {
    let handle = try FileHandle.reading(url)
    defer { try? handle.close() }
    var stream = DigestStream()
    while true {
      let piece: Data?
      do { piece = try handle.read(upToCount: 1 << 20) } catch {
        throw FileError(.read, url, error)
      }
      guard let piece, !piece.isEmpty else { break }
      stream.update(piece)
    }
    self = stream.finish()
  }
}

extension FileHandle {
  static func reading(_ url: URL) throws(FileError) -> FileHandle {
    do { return try FileHandle(forReadingFrom: url) } catch { throw FileError(.open, url, error) }
  }
}
