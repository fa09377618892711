import ArgumentParser
import Dashboard
import Foundation
import Jobs

struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Show the queue, nights, results and models in a browser.",
    discussion: """
      Listens at this machine only, unless --host says otherwise. Reading needs nothing; to cancel a \
      job or try one again over HTTP a program must send the token that stands in --token-file \
      (made at the first start, readable by its owner alone) as `Authorization: Bearer TOKEN`. \
      There is no encryption: put a proxy before it where others are to read it.

        osong serve --nights nights --results result --models thrombin.model
      """)
  @OptionGroup var queue: QueueOptions
  @Option(help: "The address to listen at.") var host = "127.0.0.1"
  @Option(help: "The port; 0 takes one that is free.") var port = 8_080
  @Option(help: "The store of a nightly plan (repeatable).") var nights: [String] = []
  @Option(help: "A result folder (repeatable).") var results: [String] = []
  @Option(help: "A model folder (repeatable).") var models: [String] = []
  @Option(help: "Another name by which this server may be asked for (repeatable).")
  var allowHost: [String] = []
  @Option(help: "The file of the token (default: beside the queue).") var tokenFile: String?
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port is 0 to 65535, not \(port)")
    }
  }

  func run() throws {
    let token =
      tokenFile.map { URL(filePath: $0) }
      ?? queue.url.absoluteURL.deletingLastPathComponent().appending(path: "token")
    let sources = Dashboard.Sources(
      nights: try folders(nights), results: try folders(results), models: try folders(models))
    let dashboard = Dashboard(
      store: try queue.open(makes: true), logs: queue.logs, sources: sources,
      token: try Token(fileAt: token), hosts: Set(allowHost.map { $0.lowercased() } + [host]))
    let terminal = common.terminal
    let host = host
    let server = Server(dashboard, host: host, port: port) { port in
      terminal.say("http://\(host):\(port)/ (control-C ends it; token in \(token.relativePath))")
    }
    do { try Waiting.run { try await server.run() } } catch {
      throw ServeFailure(description: "cannot serve at \(host):\(port): \(error)")
    }
  }

  private func folders(_ paths: [String]) throws -> [URL] {
    try paths.map { path in
      guard (try? FileManager.default.contentsOfDirectory(atPath: path)) != nil else {
        throw ValidationError("there is no folder \(path)")
      }
      return URL(filePath: path).absoluteURL
    }
  }
}

/// Why there is no server.
struct ServeFailure: Error, CustomStringConvertible {
  let description: String
}
