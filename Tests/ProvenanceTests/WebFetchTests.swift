import Foundation
import Provenance
import Testing

@Suite("Fetching from the web") struct WebFetchTests {
  let root: TemporaryFolder
  static let text = BrokenServer.text

  init() throws { root = try TemporaryFolder() }

  private func fetch(_ address: String, _ text: String = text, attempts: Int = 4) throws -> URL {
    let manifest = DatasetManifest(
      name: "toy", title: "a toy", license: .init(name: "CC0-1.0"), citation: "none",
      source: .web, files: [.holding(text, name: "a.csv", member: address)])
    let fetcher = DatasetFetcher(
      into: root.url, environment: ProcessInfo.processInfo.environment, attempts: attempts)
    return try fetcher.fetch(manifest).appending(path: "a.csv")
  }

  @Test func `a download that breaks off goes on where it stopped`() throws {
    let server = try BrokenServer(in: root.url, breaks: 2, ranges: true)
    let url = try fetch("http://127.0.0.1:\(server.port)/a.csv")
    #expect(try Digest(ofFileAt: url) == Digest(of: Self.text))
    #expect(server.bytesSent == [3000, 1500, 1500])
  }

  @Test func `a server that cannot go on in the middle is asked from the beginning`() throws {
    let server = try BrokenServer(in: root.url, breaks: 1, ranges: false)
    let url = try fetch("http://127.0.0.1:\(server.port)/a.csv")
    #expect(try Digest(ofFileAt: url) == Digest(of: Self.text))
    #expect(server.bytesSent == [3000, 6000])
  }

  @Test func `what a broken run got is taken up by the next run`() throws {
    let server = try BrokenServer(in: root.url, breaks: 1, ranges: true)
    let address = "http://127.0.0.1:\(server.port)/a.csv"
    #expect(throws: FetchError.self) { try fetch(address, attempts: 1) }
    let names = try FileManager.default.contentsOfDirectory(
      atPath: root.url.appending(path: "toy").path)
    #expect(!names.contains("a.csv"))
    _ = try fetch(address, attempts: 1)
    #expect(server.bytesSent == [3000, 3000])
  }

  @Test func `a wrong file from the web is refused and not taken up again`() throws {
    let server = try BrokenServer(in: root.url, breaks: 0, ranges: true)
    let address = "http://127.0.0.1:\(server.port)/a.csv"
    let other = String(repeating: "CCN,1\n", count: 1000)
    for _ in 0..<2 {
      #expect(
        throws: FetchError.wrongDigest(
          file: "a.csv", expected: Digest(of: other), found: Digest(of: Self.text))
      ) { try fetch(address, other) }
    }
  }

  @Test func `an address that does not exist is told with the server's answer`() throws {
    let server = try BrokenServer(in: root.url, breaks: 0, ranges: true)
    #expect {
      try fetch("http://127.0.0.1:\(server.port)/nothing", attempts: 1)
    } throws: {
      "\($0)".contains("404")
    }
  }

  @Test(arguments: ["http://example.org/a.csv", "file:///etc/passwd", "ftp://example.org/a", ""])
  func `an address without transport security is refused`(address: String) throws {
    #expect {
      try fetch(address)
    } throws: {
      if case .badManifest = $0 as? FetchError { true } else { false }
    }
  }
}
