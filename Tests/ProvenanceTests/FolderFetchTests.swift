import Foundation
import Provenance
import Testing

@Suite("Fetching from a folder") struct FolderFetchTests {
  let root: TemporaryFolder
  static let text = "smiles\nCCO\n"

  init() throws {
    root = try TemporaryFolder()
    let folder = root.url.appending(path: "from/toy/data")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(Self.text.utf8).write(to: folder.appending(path: "a.csv"))
    try Data("other edition".utf8).write(to: folder.appending(path: "b.csv"))
  }

  private func fetch(_ file: DatasetManifest.File, from folder: String) throws -> URL {
    let manifest = DatasetManifest(
      name: "toy", title: "a toy", license: .init(name: "CC0-1.0"), citation: "none",
      source: .web, files: [file])
    let fetcher = DatasetFetcher(
      into: root.url.appending(path: "data"), environment: ProcessInfo.processInfo.environment)
    return try fetcher.fetch(manifest, from: root.url.appending(path: folder))
      .appending(path: file.name)
  }

  private static func file(_ text: String, _ name: String) -> DatasetManifest.File {
    .holding(text, name: name, member: "https://example.org/\(name)")
  }

  @Test func `a file is copied by its name`() throws {
    let url = try fetch(Self.file(Self.text, "a.csv"), from: "from/toy/data")
    #expect(try Digest(ofFileAt: url) == Digest(of: Self.text))
  }

  @Test func `a gzipped file is unpacked`() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", root.url.appending(path: "from/toy/data/a.csv").path]
    try process.run()
    process.waitUntilExit()
    let url = try fetch(Self.file(Self.text, "a.csv"), from: "from/toy/data")
    #expect(try Digest(ofFileAt: url) == Digest(of: Self.text))
  }

  @Test func `another edition of the rows is accepted as it is`() throws {
    var file = Self.file("the edition of the manifest", "b.csv")
    file.editions = [.init(sha256: Digest(of: "other edition"), note: "one more column")]
    let url = try fetch(file, from: "from/toy/data")
    #expect(try Digest(ofFileAt: url) == Digest(of: "other edition"))
  }

  @Test func `a wrong file is refused, and the folder it came from is left as it was`() throws {
    #expect(throws: FetchError.self) {
      try fetch(Self.file("something else", "b.csv"), from: "from/toy/data")
    }
    let kept = root.url.appending(path: "from/toy/data/b.csv")
    #expect(try Digest(ofFileAt: kept) == Digest(of: "other edition"))
  }

  @Test func `a folder without the file is an error that names both`() throws {
    #expect {
      try fetch(Self.file("x", "c.csv"), from: "from/toy/data")
    } throws: {
      "\($0)".contains("c.csv.gz") && "\($0)".contains("from/toy/data")
    }
  }

  static let shared = SharedData.folder("datasets/activity_moleculeace")

  @Test(.enabled(if: shared != nil, "the shared data is not there"))
  func `the thirty targets come from a folder as well`() throws {
    let manifest = try RealDatasetTests.catalog.manifest(named: "moleculeace")
    let fetcher = DatasetFetcher(into: root.url, environment: ProcessInfo.processInfo.environment)
    try fetcher.fetch(manifest, from: Self.shared)
    #expect(fetcher.missing(of: manifest).isEmpty)
  }
}
