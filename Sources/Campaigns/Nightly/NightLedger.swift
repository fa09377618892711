import CompoundLibrary
import Foundation
import Parallelism
public import Provenance
import Screening

/// What all nights of a store say together: the history of a compound, and whether it still stands as
/// it was written.
public struct NightLedger: Sendable {
  /// The nights.
  public let store: NightStore

  /// Opens the nights of a store.
  public init(_ store: NightStore) throws {
    guard !store.numbers.isEmpty else {
      throw NightError.missing("there are no nights in \(store.folder.lastPathComponent)")
    }
    self.store = store
  }

  /// All records, in order.
  public func records() throws -> [NightRecord] { try store.numbers.map { try store.record($0) } }

  /// A compound on one night in one list.
  public struct Entry: Codable, Hashable, Sendable {
    /// The night and its day.
    public let night: Int
    /// The day of the night.
    public let day: String
    /// The list.
    public let screen: String
    /// The model's file and the first digits of its digest.
    public let model: String
    /// The predicted value; nil where the structure could not be read.
    public let value: Double?
    /// The place among the hits; nil where it was not named.
    public let place: Int?
  }

  /// What was said of a compound, night after night; nights whose scores are no longer kept are
  /// left out, unless they named it.
  public func history(of id: String, screen: String? = nil) throws -> [Entry] {
    let scores = try store.scores()
    var rows: [Digest: Int?] = [:]
    var entries: [Entry] = []
    for record in try records() {
      for list in record.screens where screen == nil || list.name == screen {
        let row = try rows[list.library.digest] ?? row(of: id, in: list.library.digest)
        rows[list.library.digest] = .some(row)
        let place = list.hits.firstIndex { $0.id == id }
        let value =
          place.map { list.hits[$0].value }
          ?? row.flatMap { Self.value(ofRow: $0, list.shards, scores) }
        guard value != nil || place != nil else { continue }
        entries.append(
          Entry(
            night: record.number, day: record.day, screen: list.name,
            model: "\(list.model.name) \(list.model.digest.short)",
            value: value.flatMap { $0.isNaN ? nil : $0 }, place: place.map { $0 + 1 }))
      }
    }
    return entries
  }

  private func row(of id: String, in library: Digest) throws -> Int? {
    let folder = store.library(library)
    guard FileManager.default.fileExists(atPath: folder.path) else { return nil }
    return try Library(at: folder).rows(of: [id])[0]
  }

  private static func value(
    ofRow row: Int, _ shards: [NightRecord.ShardReference], _ scores: ScoreStore
  ) -> Double? {
    var start = 0
    for shard in shards {
      if row < start + shard.rows {
        return scores.load(shard.key, rows: shard.rows).map { Double($0[row - start].value) }
      }
      start += shard.rows
    }
    return nil
  }

  /// What a check found.
  public enum Verdict: Hashable, Sendable {
    /// Everything is as it was written.
    case sound(nights: Int, shards: Int, head: Digest)
    /// Something is not.
    case broken(night: Int, reason: String)
  }

  /// Reads everything that is kept and compares it with its digest.
  ///
  /// - Parameter head: the digest of the last record, noted elsewhere: finds nights cut off at the
  ///   end.
  public func verify(head: Digest? = nil) throws -> Verdict {
    let scores = try store.scores()
    let firstKept = Retention(in: store).firstKept
    var last: Digest?
    var checked: [Digest: Bool] = [:]
    var sources: [Digest: String?] = [:]
    for (place, number) in store.numbers.enumerated() {
      func broken(_ reason: String) -> Verdict { .broken(night: number, reason: reason) }
      guard number == place + 1 else { return .broken(night: place + 1, reason: "it is missing") }
      guard let record = try? store.record(number), record.number == number else {
        return broken("its record cannot be read")
      }
      guard record.previous == last else {
        return broken(place == 0 ? "it names a night before" : "the record before it was altered")
      }
      for screen in record.screens {
        if let reason = resultFault(screen, number) { return broken(reason) }
        guard number >= firstKept else { continue }
        for shard in screen.shards where shard.live > 0 {
          let isSound = checked[shard.key] ?? scores.isSound(shard.key)
          checked[shard.key] = isSound
          if !isSound { return broken("\(screen.name): scores \(shard.key.short) are not sound") }
        }
        for source in [screen.library.digest, screen.model.digest] where sources[source] == nil {
          sources[source] = .some(
            source == screen.library.digest ? libraryFault(source) : modelFault(source))
        }
        if let fault = sources[screen.library.digest] ?? nil { return broken(fault) }
        if let fault = sources[screen.model.digest] ?? nil { return broken(fault) }
      }
      last = try store.digest(ofRecord: number)
    }
    guard let last else { return .broken(night: 1, reason: "it is missing") }
    if let head, head != last {
      return .broken(
        night: store.numbers.count, reason: "it is not the last one that was noted (or altered)")
    }
    return .sound(nights: store.numbers.count, shards: checked.count, head: last)
  }

  private func resultFault(_ screen: NightRecord.Screen, _ number: Int) -> String? {
    let folder = store.night(number).appending(path: screen.name)
    let url = folder.appending(path: RunRecord.fileName)
    guard (try? Digest(ofFileAt: url)) == screen.result,
      let run = try? StableJSON.decode(RunRecord.self, at: url)
    else { return "\(screen.name)/\(RunRecord.fileName) was altered" }
    for file in run.outputs
    where (try? Digest(ofFileAt: folder.appending(path: file.name))) != file.digest {
      return "\(screen.name)/\(file.name) was altered"
    }
    return nil
  }

  private func libraryFault(_ digest: Digest) -> String? {
    do {
      let library = try Library(at: store.library(digest))
      try library.verify()
      return library.digest == digest ? nil : "the library \(digest.short) is another one"
    } catch { return "the library \(digest.short) is not sound: \(error)" }
  }

  private func modelFault(_ digest: Digest) -> String? {
    do {
      // Opening compares every file with the digest in the model's manifest.
      let model = try ModelFolder(at: store.model(digest), using: WorkerPool(threads: 1))
      return model.digest == digest ? nil : "the model \(digest.short) is another one"
    } catch { return "the model \(digest.short) is not sound: \(error)" }
  }
}
