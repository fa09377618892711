/// The bytes of a file or a pipe.
final class FileSource: ByteSource {
  private let name: String
  private let file: FileDescriptor
  private(set) var bytesRead = 0
  let totalBytes: Int?

  init(_ source: RecordSource, path: String?) throws(RecordError) {
    name = source.name
    do throws(SystemError) {
      file = if let path { try .reading(path) } else { .standardInput() }
    } catch {
      throw error.isNotFound
        ? .notFound(source: source.name)
        : .unreadable(source: source.name, reason: error.reason)
    }
    totalBytes = file.size
  }

  func read(_ count: Int, into bytes: inout [UInt8]) throws(RecordError) -> Int {
    do throws(SystemError) {
      let got = try file.read(count, into: &bytes)
      bytesRead += got
      return got
    } catch {
      throw .unreadable(source: name, reason: error.reason)
    }
  }
}
