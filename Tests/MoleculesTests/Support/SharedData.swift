import Foundation

/// Where the shared reference data lie: `OSONG_REFERENCE_DATA`, or `shared` beside the project.
enum SharedData {
  static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["OSONG_REFERENCE_DATA"] {
      return URL(fileURLWithPath: path)
    }
    // Tests/MoleculesTests/Support/SharedData.swift → the folder beside the project's.
    return URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("shared")
  }()

  /// Whether the data are there at all; tests that need them say so with `.enabled(if:)`.
  static let isPresent = FileManager.default.fileExists(
    atPath: folder.appendingPathComponent("references/chemistry/input.csv").path)

  /// Whether the slow tests run too.
  static let isFull = ProcessInfo.processInfo.environment["OSONG_FULL_TESTS"] != nil

  /// The text of a file below the folder, unpacked by the system's gzip when it ends in `.gz`.
  static func text(_ path: String) throws -> String {
    let url = folder.appendingPathComponent(path)
    guard url.pathExtension == "gz" else {
      return String(decoding: try Data(contentsOf: url), as: UTF8.self)
    }
    let gzip = Process()
    gzip.executableURL = URL(fileURLWithPath: "/bin/gzip")
    gzip.arguments = ["-dc", url.path]
    let pipe = Pipe()
    gzip.standardOutput = pipe
    try gzip.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    gzip.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}
