import Foundation
import Provenance
import Testing

@Suite("Tables converted from a wheel") struct ConversionFetchTests {
  let root: TemporaryFolder
  static let columns = """
    {"SMILES":{"0":"CCO","1":"C,C","2":null},"unwanted":{"0":1,"1":2,"2":3},\
    "Ki(nM)":{"0":" 8.7","1":">10\\n000","2":4.50}}
    """
  static let triples = """
    {"id":{"0":"H:1","1":"H:2","2":"H:1","3":"H:1"},\
    "property":{"0":"symbol","1":"symbol","2":"alias","3":"alias"},\
    "value":{"0":"A1","1":"B2","2":"x","3":"y"}}
    """
  static let table = "ki,smiles\n8.7,CCO\n>10 000,\"C,C\"\n4.50,\n"

  init() throws { root = try TemporaryFolder() }

  private func index(_ json: String) throws -> FakeIndex {
    let index = try FakeIndex(
      in: root.url, members: ["toy/big.zip": "in place of an archive"], inner: ["big.json": json])
    return index
  }

  private func fetcher(_ index: FakeIndex) -> DatasetFetcher {
    DatasetFetcher(into: root.url.appending(path: "data"), environment: index.environment)
  }

  private static func file(
    _ text: String, from json: String, name: String = "t.csv", inner: String = "big.json",
    bytes: Int? = nil, shape: DatasetManifest.Conversion.Shape = .columns,
    _ columns: [(String, String)] = [("Ki(nM)", "ki"), ("SMILES", "smiles")]
  ) -> DatasetManifest.File {
    var file = DatasetManifest.File.holding(text, name: name, member: "toy/big.zip")
    file.conversion = .init(
      inner: inner, bytes: bytes ?? json.utf8.count, shape: shape,
      columns: columns.map { .init(from: $0.0, to: $0.1) })
    return file
  }

  private func fetched(_ file: DatasetManifest.File, _ json: String) throws -> Data {
    let index = try index(json)
    let folder = try fetcher(index).fetch(index.manifest([file]))
    return try Data(contentsOf: folder.appending(path: file.name))
  }

  @Test func `columns become rows, in the order and under the names asked for`() throws {
    let file = Self.file(Self.table, from: Self.columns)
    #expect(String(decoding: try fetched(file, Self.columns), as: UTF8.self) == Self.table)
  }

  @Test func `triples become one row a thing, several values of a property joined`() throws {
    let table = "name,key,other\nA1,H:1,x|y\nB2,H:2,\n"
    let file = Self.file(
      table, from: Self.triples, shape: .triples,
      [("symbol", "name"), ("id", "key"), ("alias", "other")])
    #expect(String(decoding: try fetched(file, Self.triples), as: UTF8.self) == table)
  }

  @Test func `a packed table has the same bytes at any time and unpacks to the table`() throws {
    var digests: [Digest] = []
    for _ in 0..<2 {
      let file = Self.file("unknown", from: Self.columns, name: "t.csv.gz")
      do { _ = try fetched(file, Self.columns) } catch FetchError.wrongDigest(_, _, let found) {
        digests.append(found)
      }
      // The time in a gzip header has seconds.
      Thread.sleep(forTimeInterval: 1.1)
    }
    #expect(digests.count == 2)
    #expect(Set(digests).count == 1)
    var file = Self.file("unknown", from: Self.columns, name: "t.csv.gz")
    file.sha256 = try #require(digests.first)
    let packed = root.url.appending(path: "packed.gz")
    try fetched(file, Self.columns).write(to: packed)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-d", packed.path]
    try process.run()
    process.waitUntilExit()
    let plain = root.url.appending(path: "packed")
    #expect(try String(contentsOf: plain, encoding: .utf8) == Self.table)
  }

  @Test(
    arguments: [
      ("toy/big.zip has no member other.json", "other.json", nil, "Ki(nM)"),
      ("big.json has 118 bytes, not 7", "big.json", 7, "Ki(nM)"),
      ("big.json has no field Kd", "big.json", nil, "Kd"),
    ] as [(String, String, Int?, String)])
  func `what is not as the manifest says is named`(
    message: String, inner: String, bytes: Int?, field: String
  ) throws {
    let file = Self.file(
      "x", from: Self.columns, inner: inner, bytes: bytes, [(field, "a")])
    #expect {
      try fetched(file, Self.columns)
    } throws: {
      "\($0)".contains(message)
    }
  }

  @Test func `a field whose rows are not counted is refused`() throws {
    let json = #"{"SMILES":{"0":"C","2":"CC"},"Ki(nM)":{"0":"1","1":"2"}}"#
    let file = Self.file("x", from: json)
    #expect {
      try fetched(file, json)
    } throws: {
      "\($0)".contains("SMILES does not count its rows")
    }
  }

  @Test func `the prepared table is taken from a folder, never the archive it is made of`() throws {
    let folder = root.url.appending(path: "from")
    try FileManager.default.createDirectory(
      at: folder.appending(path: "toy"), withIntermediateDirectories: true)
    try Data("an archive".utf8).write(to: folder.appending(path: "toy/big.zip"))
    let index = try index(Self.columns)
    let manifest = index.manifest([Self.file(Self.table, from: Self.columns)])
    #expect(throws: FetchError.notInFolder(file: "t.csv", folder: folder.path)) {
      try fetcher(index).fetch(manifest, from: folder)
    }
    try Data(Self.table.utf8).write(to: folder.appending(path: "t.csv"))
    try fetcher(index).fetch(manifest, from: folder)
    #expect(fetcher(index).missing(of: manifest).isEmpty)
    #expect(index.calls == 0)
  }

  @Test func `a conversion without columns cannot be used`() throws {
    let index = try index(Self.columns)
    #expect {
      try fetcher(index).fetch(index.manifest([Self.file("x", from: Self.columns, [])]))
    } throws: {
      "\($0)".contains("t.csv is converted to no column")
    }
  }
}
