import Foundation
import PropertyModels
import Provenance

/// The trials of a search, kept on disk until their model is finished.
struct TrialStore: Sendable {
  private let file: URL

  /// Opens the store of one search; trials of any other are removed.
  init(in workFolder: URL, key: Digest) throws {
    let name = "trials-\(key.short).json"
    file = workFolder.appending(path: name)
    let files = FileManager.default
    try files.createDirectory(at: workFolder, withIntermediateDirectories: true)
    for other in try files.contentsOfDirectory(atPath: workFolder.path)
    where other.hasPrefix("trials-") && other != name {
      try files.removeItem(at: workFolder.appending(path: other))
    }
  }

  /// What is known already; a damaged file is as good as none.
  func trials() -> [SearchTrial] { (try? StableJSON.decode([SearchTrial].self, at: file)) ?? [] }

  /// Keeps one more.
  func add(_ trial: SearchTrial) throws { try StableJSON.write(trials() + [trial], to: file) }
}
