import Foundation
import TestSupport

/// The built command line, run as a process of its own.
enum Program {
  /// `osong` lies beside the test bundle.
  static let url: URL = {
    let bundle = Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
    var folder = bundle.resolvingSymlinksInPath().deletingLastPathComponent()
    while folder.path != "/" {
      let program = folder.appending(path: "osong")
      var isFolder: ObjCBool = false
      if unsafe FileManager.default.fileExists(atPath: program.path, isDirectory: &isFolder),
        !isFolder.boolValue
      {
        return program
      }
      folder.deleteLastPathComponent()
    }
    return URL(filePath: "osong")
  }()

  /// What became of a process.
  struct Ending {
    /// The exit code; nil when a signal ended it.
    let code: Int32?
    /// The signal that ended it.
    let signal: Int32?
    /// Whether it was ended because it took too long.
    let isLate: Bool
    let output: String
    let errors: String

    /// What it said, for a failed expectation.
    var story: String {
      "code \(code ?? -1) signal \(signal ?? 0)\(isLate ? " LATE" : ""): \(errors.prefix(600))"
    }
  }

  /// A process under way.
  final class Run {
    private let process = Process()
    private let folder: ScratchFolder
    /// The most memory the process has had, in KiB; 0 where the system does not tell.
    private(set) var peakMemory = 0

    /// Starts `osong`, or a shell that runs it, with the arguments.
    init(
      _ arguments: [String], input: Data? = nil, in directory: URL? = nil, shell: String? = nil
    ) throws {
      folder = try ScratchFolder()
      if let shell {
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", shell, "sh", Program.url.path] + arguments
      } else {
        process.executableURL = Program.url
        process.arguments = arguments
      }
      if let directory { process.currentDirectoryURL = directory }
      // Files, not pipes: nobody has to empty them while the process runs.
      for name in ["out", "err"] { try folder.write("", to: name) }
      process.standardOutput = try FileHandle(forWritingTo: folder.url.appending(path: "out"))
      process.standardError = try FileHandle(forWritingTo: folder.url.appending(path: "err"))
      let stdin = try folder.write(input ?? Data(), to: "in")
      process.standardInput = try FileHandle(forReadingFrom: URL(filePath: stdin))
      try process.run()
    }

    var isRunning: Bool { process.isRunning }

    /// What it said to standard error so far.
    var errors: String {
      (try? String(contentsOf: folder.url.appending(path: "err"), encoding: .utf8)) ?? ""
    }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits while the process runs and the condition does not hold.
    func wait(until condition: () -> Bool) {
      while process.isRunning, !condition() { usleep(2_000) }
    }

    /// Notes how much memory the process has had so far.
    func measureMemory() {
      let path = "/proc/\(process.processIdentifier)/status"
      guard let status = try? String(contentsOfFile: path, encoding: .utf8) else { return }
      for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
        let kibibytes = line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) }
        peakMemory = max(peakMemory, kibibytes ?? 0)
      }
    }

    /// Waits for the end; a process that takes longer than `seconds` is killed.
    func finish(within seconds: Double = 60) -> Ending {
      let end = ContinuousClock.now + .seconds(seconds)
      var isLate = false
      while process.isRunning {
        if ContinuousClock.now > end, !isLate {
          isLate = true
          send(SIGKILL)
        }
        usleep(2_000)
      }
      let crashed = process.terminationReason == .uncaughtSignal
      func text(_ name: String) -> String {
        String(
          decoding: (try? Data(contentsOf: folder.url.appending(path: name))) ?? Data(),
          as: UTF8.self)
      }
      return Ending(
        code: crashed ? nil : process.terminationStatus,
        signal: crashed ? process.terminationStatus : nil, isLate: isLate, output: text("out"),
        errors: text("err"))
    }
  }

  /// Runs to the end.
  @discardableResult
  static func run(
    _ arguments: [String], input: Data? = nil, in directory: URL? = nil, shell: String? = nil
  ) throws -> Ending {
    try Run(arguments, input: input, in: directory, shell: shell).finish()
  }
}

/// Slow tests run on request, and are named as skipped otherwise.
let runsFullTests = ProcessInfo.processInfo.environment["OSONG_FULL_TESTS"] == "1"

/// A table of comma-separated values without line breaks inside fields.
func table(_ text: String) -> [[String]] {
  text.split(separator: "\n").map { line in
    var fields: [String] = []
    var field = ""
    var isQuoted = false
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        fields.append(field)
        field = ""
      default: field.append(character)
      }
    }
    return fields + [field]
  }
}
