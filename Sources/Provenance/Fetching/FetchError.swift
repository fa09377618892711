/// Why a data set could not be fetched.
public enum FetchError: Error, Hashable, Sendable {
  /// There is no folder of manifests.
  case noCatalog(folder: String)
  /// No manifest has this name.
  case unknownDataset(name: String, known: [String])
  /// A manifest cannot be used.
  case badManifest(name: String, reason: String)
  /// A file is not the one that the manifest names; it was removed.
  case wrongDigest(file: String, expected: Digest, found: Digest)
  /// The folder given as a source does not hold a file, plain or gzipped.
  case notInFolder(file: String, folder: String)
  /// A program that is needed is not on the search path.
  case noProgram(name: String)
  /// A program failed; the text is the end of what it said.
  case programFailed(name: String, status: Int32, message: String)
  /// A program did not end in time and was ended.
  case timedOut(name: String, seconds: Int)
  /// Another run has been fetching into the same folder for too long.
  case busy(folder: String)
  /// The file system refused.
  case file(FileError)
}

extension FetchError: CustomStringConvertible {
  /// One line for a reader.
  public var description: String {
    switch self {
    case .noCatalog(let folder): "no data set manifests in \(folder)"
    case .unknownDataset(let name, let known):
      "no data set is called \(name); there are: \(known.joined(separator: ", "))"
    case .badManifest(let name, let reason): "the manifest of \(name) cannot be used: \(reason)"
    case .wrongDigest(let file, let expected, let found):
      "\(file) is not the expected file and was removed: "
        + "expected SHA-256 \(expected.hex), found \(found.hex)"
    case .notInFolder(let file, let folder): "\(folder) holds neither \(file) nor \(file).gz"
    case .noProgram(let name): "the program \(name) is needed and was not found"
    case .programFailed(let name, let status, let message):
      "\(name) failed (status \(status)): \(message)"
    case .timedOut(let name, let seconds): "\(name) did not end within \(seconds) s"
    case .busy(let folder): "another run is fetching into \(folder)"
    case .file(let error): error.description
    }
  }
}

/// Does file work, and reports what the file system refused as a fetch error.
func filing<Result>(
  _ work: () throws(FileError) -> Result
) throws(FetchError) -> Result {
  do throws(FileError) { return try work() } catch { throw .file(error) }
}
