import Foundation

/// Runs Python for an oracle that is written apart from the code under test.
enum Python {
  struct Failure: Error { let status: Int32 }

  /// What a script prints, given JSON as its first argument.
  static func run(_ script: String, _ argument: some Encodable) throws -> Data {
    let folder = FileManager.default.temporaryDirectory
    let input = folder.appending(path: "osong-oracle-\(UUID().uuidString).json")
    let output = folder.appending(path: "osong-oracle-\(UUID().uuidString).out")
    defer {
      try? FileManager.default.removeItem(at: input)
      try? FileManager.default.removeItem(at: output)
    }
    try JSONEncoder().encode(argument).write(to: input)
    try Data().write(to: output)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, input.path]
    process.standardOutput = try FileHandle(forWritingTo: output)
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
    return try Data(contentsOf: output)
  }
}
