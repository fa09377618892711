public import Foundation

/// The manifests of one folder.
public struct ManifestCatalog: Sendable {
  /// The folder of `NAME.json` files.
  public let folder: URL

  /// A catalogue of the manifests in `folder`.
  public init(at folder: URL) { self.folder = folder }

  /// The names of all manifests, sorted.
  public func names() throws(FetchError) -> [String] {
    let entries: [String]
    do { entries = try FileManager.default.contentsOfDirectory(atPath: folder.path) } catch {
      throw .noCatalog(folder: folder.path)
    }
    return entries.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }

  /// The manifest of a name.
  public func manifest(named name: String) throws(FetchError) -> DatasetManifest {
    let known = try names()
    guard known.contains(name) else { throw .unknownDataset(name: name, known: known) }
    let manifest: DatasetManifest
    do {
      let url = folder.appending(path: "\(name).json")
      manifest = try StableJSON.decode(DatasetManifest.self, at: url)
    } catch { throw .badManifest(name: name, reason: Self.text(of: error)) }
    guard manifest.name == name else {
      throw .badManifest(name: name, reason: "it calls itself \(manifest.name)")
    }
    if let fault = manifest.fault { throw .badManifest(name: name, reason: fault) }
    return manifest
  }

  /// All manifests, by name.
  public func manifests() throws(FetchError) -> [DatasetManifest] {
    var all: [DatasetManifest] = []
    for name in try names() { all.append(try manifest(named: name)) }
    return all
  }

  private static func text(of error: any Error) -> String {
    switch error as? DecodingError {
    case .keyNotFound(let key, _): "the key \(key.stringValue) is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .dataCorrupted(let context):
      (context.codingPath.map(\.stringValue) + [context.debugDescription]).joined(separator: ": ")
    default: error.localizedDescription
    }
  }
}
