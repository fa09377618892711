import ArgumentParser
import Foundation
import Parallelism
import Provenance

enum Version {
  static var text: String { CodeVersion.current }
}

/// Options that every verb takes.
struct CommonOptions: ParsableArguments {
  @Option(help: "Threads to work with; the result does not depend on it.")
  var threads: Int = ProcessInfo.processInfo.activeProcessorCount

  @Flag(help: "No progress and no summary.")
  var quiet = false

  @Flag(help: "The summary as JSON on standard output.")
  var json = false

  func validate() throws {
    guard (1...1_024).contains(threads) else {
      throw ValidationError("--threads takes 1 to 1024, not \(threads)")
    }
  }

  var pool: WorkerPool { WorkerPool(threads: threads) }
  var terminal: Terminal { Terminal(isQuiet: quiet) }

  /// Prints a summary: lines for a reader, or one JSON object for a program.
  func summarise(_ lines: [String], json object: [String: String]) throws {
    if json {
      print(String(decoding: try StableJSON.encode(object), as: UTF8.self), terminator: "")
    } else if !quiet {
      for line in lines { print(line) }
    }
  }
}
