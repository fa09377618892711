public import Foundation

/// A folder of its own for one test, removed when the test ends.
public final class ScratchFolder {
  /// Where it lies.
  public let url: URL

  /// Makes the folder under the system's temporary one.
  public init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "osong-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  /// Writes a file and gives its path.
  @discardableResult
  public func write(_ text: String, to name: String) throws -> String {
    try write(Data(text.utf8), to: name)
  }

  /// Writes a file and gives its path.
  @discardableResult
  public func write(_ bytes: Data, to name: String) throws -> String {
    let file = url.appending(path: name)
    try bytes.write(to: file)
    return file.path
  }

  /// The path of a file in it.
  public func path(_ name: String) -> String { url.appending(path: name).path }

  deinit { try? FileManager.default.removeItem(at: url) }
}

/// The files of a folder by name, those of folders in it too; hidden ones are left out.
public func files(in folder: URL) throws -> [String: Data] {
  var found: [String: Data] = [:]
  for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
  where !name.hasPrefix(".") {
    let url = folder.appending(path: name)
    if (try url.resourceValues(forKeys: [.isDirectoryKey])).isDirectory == true {
      for (inner, data) in try files(in: url) { found["\(name)/\(inner)"] = data }
    } else {
      found[name] = try Data(contentsOf: url)
    }
  }
  return found
}
