import Foundation

/// The folder of reference data, which lies beside the project and may be absent.
enum SharedData {
  static let root: URL = {
    if let named = ProcessInfo.processInfo.environment["OSONG_REFERENCE_DATA"] {
      return URL(fileURLWithPath: named)
    }
    var package = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    for _ in 0..<3 { package.deleteLastPathComponent() }
    return package.deletingLastPathComponent().appending(path: "shared")
  }()

  /// A folder or file of the reference data; nil where it is absent.
  static func folder(_ path: String) -> URL? {
    let url = root.appending(path: path)
    return FileManager.default.fileExists(atPath: url.path) ? url : nil
  }
}
