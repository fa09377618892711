public import Foundation

/// Where the shared reference data lie: `OSONG_REFERENCE_DATA`, or `shared` beside the project.
public enum SharedData {
  /// The folder of the reference data.
  public static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["OSONG_REFERENCE_DATA"] {
      return URL(filePath: path)
    }
    // Tests/TestSupport/SharedData.swift: the folder beside the project's.
    var folder = URL(filePath: #filePath).resolvingSymlinksInPath()
    for _ in 0..<4 { folder.deleteLastPathComponent() }
    return folder.appending(path: "shared")
  }()

  /// Whether the data are there; tests that need them say so with `.enabled(if:)`.
  public static let isPresent = FileManager.default.fileExists(
    atPath: path("references/chemistry/input.csv"))

  /// The path of a file among them.
  public static func path(_ name: String) -> String { folder.appending(path: name).path }

  /// The bytes of a file among them, unpacked by the system's gzip where its name ends in `.gz`.
  public static func bytes(_ name: String) throws -> Data {
    guard name.hasSuffix(".gz") else { return try Data(contentsOf: URL(filePath: path(name))) }
    let gzip = Process()
    gzip.executableURL = URL(filePath: "/bin/gzip")
    gzip.arguments = ["-dc", path(name)]
    let pipe = Pipe()
    gzip.standardOutput = pipe
    try gzip.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    gzip.waitUntilExit()
    return data
  }

  /// The text of a file among them, unpacked likewise.
  public static func text(_ name: String) throws -> String {
    String(decoding: try bytes(name), as: UTF8.self)
  }
}
