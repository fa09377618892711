import Foundation
import Provenance

/// From which night on scores, models and libraries are kept.
///
/// Records and results always are.
struct Retention: Codable, Hashable {
  /// The first night whose scores are there.
  var firstKept = 1

  static let fileName = "retention.json"

  init(in store: NightStore) {
    let url = store.folder.appending(path: Self.fileName)
    if let found = try? StableJSON.decode(Retention.self, at: url) { self = found }
  }
}

extension NightLedger {
  /// Removes the scores, models and libraries that only nights before the last `keep` stand on.
  ///
  /// What a reader of those nights sees stays: hits, reports, what moved. A removed score can be
  /// computed again as long as the library and the model exist elsewhere.
  /// - Returns: how many shards, models and libraries were removed.
  public func compact(keeping keep: Int) throws -> (shards: Int, models: Int, libraries: Int) {
    precondition(keep >= 1, "one night is always kept: the next is compared with it")
    let place = store.folder.appending(path: ".lock")
    guard let lock = try FileLock(at: place, for: "compacting nights") else {
      throw NightError.locked(LockHolder(ofLockAt: place).map { "\($0)" } ?? "unknown")
    }
    defer { _ = lock }
    let kept = try records().suffix(keep)
    var retention = Retention(in: store)
    retention.firstKept = max(retention.firstKept, kept.first?.number ?? 1)
    // First the note, then the removal: a kill in between leaves files that nobody needs.
    try StableJSON.write(retention, to: store.folder.appending(path: Retention.fileName))
    let screens = kept.flatMap(\.screens)
    let scores = try store.scores()
    let shards = Set(screens.flatMap { $0.shards.map(\.key) })
    var removed = (shards: 0, models: 0, libraries: 0)
    for key in scores.keys where !shards.contains(key) {
      scores.discard(key)
      removed.shards += 1
    }
    removed.models = try sweep("models", Set(screens.map(\.model.digest.hex)))
    removed.libraries = try sweep("libraries", Set(screens.map(\.library.digest.hex)))
    return removed
  }

  private func sweep(_ name: String, _ kept: Set<String>) throws -> Int {
    let files = FileManager.default
    let folder = store.folder.appending(path: name)
    let names = try files.contentsOfDirectory(atPath: folder.path)
    let old = names.filter { Digest(hex: $0) != nil && !kept.contains($0) }
    for name in old { try files.removeItem(at: folder.appending(path: name)) }
    return old.count
  }
}
