/// Where text goes.
public enum OutputDestination: Hashable, Sendable {
  /// A file, by its path.
  case file(String)
  /// The process's standard output.
  case standardOutput

  /// The destination a command-line argument names: `-` is standard output, anything else a file.
  public init(argument: String) {
    self = argument == "-" ? .standardOutput : .file(argument)
  }
}

/// A text file that appears under its name only when it is whole.
///
/// It is written as `NAME.partial` and renamed by `finish`, after its content has reached the disk;
/// without `finish` it is removed. So a result that was killed, or met a full disk, never looks like
/// a result. Standard output and devices are written to directly. Not for two threads at once.
public final class OutputFile {
  private static let bufferBytes = 1 << 16

  private let name: String
  private let file: FileDescriptor
  /// The path written to and the path to publish, nil where it is written to directly.
  private let publication: (partial: String, final: String)?
  private var buffer: [UInt8] = []
  private var failure: WriteError?
  private var isFinished = false

  /// Opens the destination; what a file held stays until `finish`.
  public init(_ destination: OutputDestination) throws(WriteError) {
    buffer.reserveCapacity(2 * Self.bufferBytes)
    switch destination {
    case .standardOutput:
      name = "standard output"
      file = .standardOutput()
      publication = nil
    case .file(let path):
      name = path
      let isDirect = FileDescriptor.isSpecial(path)
      publication = isDirect ? nil : (path + ".partial", path)
      do throws(SystemError) {
        file = try .creating(publication?.partial ?? path)
      } catch {
        throw WriteError(destination: path, reason: error.reason)
      }
    }
  }

  deinit {
    if !isFinished, let publication { FileDescriptor.remove(publication.partial) }
  }

  /// Appends `text`.
  public func write(_ text: String) throws(WriteError) {
    try write { $0.append(contentsOf: text.utf8) }
  }

  /// Appends bytes that are no text.
  public func write(bytes: [UInt8]) throws(WriteError) {
    try write { $0.append(contentsOf: bytes) }
  }

  /// Writes all that was appended, waits until it is on the disk, and publishes the file.
  ///
  /// After an error nothing is published; the old file, if there was one, is untouched.
  public func finish() throws(WriteError) {
    precondition(!isFinished, "\(name) is finished already")
    try flush()
    do throws(SystemError) {
      try file.synchronize()
      try file.close()
      if let publication { try FileDescriptor.rename(publication.partial, to: publication.final) }
    } catch {
      throw fail(error)
    }
    isFinished = true
  }

  /// Writes all that was appended, without waiting for the disk.
  public func flush() throws(WriteError) {
    if let failure { throw failure }
    do throws(SystemError) {
      try file.write(buffer)
    } catch {
      throw fail(error)
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Lets `fill` append bytes to the buffer.
  func write(_ fill: (inout [UInt8]) -> Void) throws(WriteError) {
    precondition(!isFinished, "\(name) is finished already")
    if let failure { throw failure }
    fill(&buffer)
    if buffer.count >= Self.bufferBytes { try flush() }
  }

  private func fail(_ error: SystemError) -> WriteError {
    let failure = WriteError(destination: name, reason: error.reason)
    self.failure = failure
    return failure
  }
}
