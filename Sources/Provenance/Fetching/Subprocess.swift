import Foundation

/// Runs a program without a shell, with a time limit, and keeps the end of what it says.
struct Subprocess {
  /// The variables of the environment; `PATH` says where programs are.
  let environment: [String: String]
  /// A folder for what the program prints.
  let scratch: URL

  /// Runs a program to its end.
  /// - Parameter limit: the seconds after which it is ended.
  /// - Returns: the status and the last part of what it printed.
  func run(
    _ name: String, _ arguments: [String], limit: Int
  ) throws(FetchError) -> (status: Int32, message: String) {
    let log = scratch.appending(path: "program.log")
    let process = Process()
    process.executableURL = try find(name)
    process.arguments = arguments
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    // A file, not a pipe: a pipe that nobody empties would stop the program.
    do {
      try Data().write(to: log)
      let output = try FileHandle(forWritingTo: log)
      process.standardOutput = output
      process.standardError = output
      try process.run()
    } catch { throw .programFailed(name: name, status: -1, message: "\(error)") }
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(limit)
    while process.isRunning {
      if clock.now > deadline {
        end(process)
        throw .timedOut(name: name, seconds: limit)
      }
      Thread.sleep(forTimeInterval: 0.01)
    }
    process.waitUntilExit()
    return (process.terminationStatus, tail(of: log))
  }

  private func end(_ process: Process) {
    process.terminate()
    for _ in 0..<100 where process.isRunning { Thread.sleep(forTimeInterval: 0.01) }
    if process.isRunning { SystemCalls.kill(process.processIdentifier) }
    process.waitUntilExit()
  }

  private func find(_ name: String) throws(FetchError) -> URL {
    for folder in (environment["PATH"] ?? "").split(separator: ":") {
      let candidate = URL(fileURLWithPath: String(folder)).appending(path: name)
      if FileManager.default.isExecutableFile(atPath: candidate.path),
        SystemCalls.kind(of: candidate) == .file
      {
        return candidate
      }
    }
    throw .noProgram(name: name)
  }

  private func tail(of log: URL) -> String {
    guard let data = try? Data(contentsOf: log) else { return "" }
    let text = String(decoding: data.suffix(2000), as: UTF8.self)
    return text.split(whereSeparator: \.isNewline).suffix(4).joined(separator: " · ")
  }
}
