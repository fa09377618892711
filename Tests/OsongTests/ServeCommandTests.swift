import Foundation
import FoundationNetworking
import TestSupport
import Testing

/// The dashboard as a process: it says where it listens, answers, and ends when asked to.
@Suite struct ServeCommandTests {
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private func get(_ url: String) async throws -> (status: Int, text: String) {
    let address = try #require(URL(string: url))
    let (data, response) = try await URLSession.shared.data(from: address)
    return ((response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data, as: UTF8.self))
  }

  /// Starts `serve` on a free port, and gives the port that it says.
  private func serve(_ more: [String] = []) throws -> (Program.Run, Int) {
    let run = try Program.Run(["serve", "--port", "0"] + more, in: scratch.url)
    var port: Int?
    run.wait {
      let said = run.errors.split(separator: "\n").first { $0.hasPrefix("http://127.0.0.1:") }
      port = said.flatMap { Int($0.dropFirst(17).prefix { $0.isNumber }) }
      return port != nil
    }
    return (run, try #require(port, "\(run.errors)"))
  }

  @Test func `pages and numbers are there until it is asked to end`() async throws {
    try scratch.write("run: data list", to: "plan.yaml")
    #expect(try Program.run(["submit", "plan.yaml"], in: scratch.url).code == 0)
    let (run, port) = try serve()
    let page = try await get("http://127.0.0.1:\(port)/")
    #expect(page.status == 200 && page.text.contains("<b>1</b> ready"), "\(page.text)")
    #expect(try await get("http://127.0.0.1:\(port)/jobs/1").text.contains("osong data list"))
    #expect(try await get("http://127.0.0.1:\(port)/jobs/2").status == 404)
    #expect(try await get("http://127.0.0.1:\(port)/metrics").text.contains("osong_jobs{"))
    run.send(SIGTERM)
    let ending = run.finish(within: 20)
    #expect(ending.code == 0, "\(ending.story)")
    // Each request is a line of JSON without the query.
    let lines = ending.errors.split(separator: "\n").filter { $0.hasPrefix("{") }
    #expect(
      lines.contains { $0.contains("\"path\":\"/jobs/1\"") && $0.contains("\"status\":\"200\"") })
  }

  @Test func `a port that is taken, or a folder that is not there, is said in a line`() throws {
    let (run, port) = try serve()
    defer { run.send(SIGKILL) }
    let second = try Program.run(["serve", "--port", "\(port)"], in: scratch.url)
    #expect(second.code == 3 && second.errors.contains("\(port)"), "\(second.story)")
    let missing = try Program.run(["serve", "--results", "nowhere"], in: scratch.url)
    #expect(missing.code == 2 && missing.errors.contains("there is no folder nowhere"))
  }
}
