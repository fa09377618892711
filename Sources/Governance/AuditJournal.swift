public import Foundation
import Provenance

/// What was done with people's data, line after line, each bound to the one before.
///
/// A line holds its own SHA-256 over its content and the digest of the line before, so an altered,
/// removed or inserted record is named by ``verify(_:head:)`` (Schneier & Kelsey, Secure audit logs,
/// 1999, without the secret key). A record counts when its line stands on the disk: what a kill
/// left half-written was never reported, and is cut off by the next writer.
public struct AuditJournal: Sendable {
  /// One thing that was done.
  public struct Record: Codable, Hashable, Sendable {
    /// Its place, from 0.
    public let number: Int
    /// When, in UTC.
    public let time: String
    /// Who did it.
    public let actor: String
    /// What was done.
    public let action: String
    /// To what; no names of people.
    public let facts: [String: String]
    /// The digest of the record before; 64 zeros for the first.
    public let previous: String
    /// The digest of this record.
    public let digest: String
  }

  /// What a check found.
  public enum Verdict: Hashable, Sendable {
    /// Nothing is wrong.
    case sound(records: Int, head: String)
    /// A record is not what was written, or not where it was.
    case broken(record: Int, reason: String)
  }

  /// Where it stands.
  public let url: URL

  /// The journal at a place; the first record makes the file.
  public init(at url: URL) { self.url = url }

  /// Adds a record, and returns when it is on the disk.
  ///
  /// Only the last record is read, so that the millionth costs what the first did; whether those
  /// before it are sound is ``verify(head:)``'s to say.
  @discardableResult
  public func append(
    actor: String, action: String, facts: [String: String] = [:], at time: Date
  ) throws(GovernanceError) -> Record {
    let lock = try takeLock()
    defer { _ = lock }
    let (last, length) = try tail()
    let record = Self.record(after: last, actor: actor, action: action, facts: facts, at: time)
    try put(record, at: length)
    return record
  }

  /// Reads the records, decides, and adds to them, while nobody else does.
  func whileLocked<Value>(
    _ body: ([Record], (Record) throws(GovernanceError) -> Void) throws(GovernanceError) -> Value
  ) throws(GovernanceError) -> Value {
    let lock = try takeLock()
    defer { _ = lock }
    let (records, length) = try read()
    return try body(records) { record throws(GovernanceError) in try put(record, at: length) }
  }

  private func put(_ record: Record, at length: UInt64) throws(GovernanceError) {
    do { try Self.write(record, at: length, of: url) } catch {
      throw .journal("cannot write \(url.lastPathComponent): \(error)")
    }
  }

  private func takeLock() throws(GovernanceError) -> FileLock {
    let taken: FileLock?
    do { taken = try FileLock(at: url.appendingPathExtension("lock"), for: "auditing") } catch {
      throw .journal("\(error)")
    }
    guard let taken else { throw .locked(url.path) }
    return taken
  }

  static func record(
    after last: Record?, actor: String, action: String, facts: [String: String], at time: Date
  ) -> Record {
    let unsigned = Record(
      number: (last?.number ?? -1) + 1, time: time.formatted(.iso8601), actor: actor,
      action: action, facts: facts,
      previous: last?.digest ?? String(repeating: "0", count: 64), digest: "")
    return Record(
      number: unsigned.number, time: unsigned.time, actor: actor, action: action, facts: facts,
      previous: unsigned.previous, digest: Self.digest(of: unsigned))
  }

  /// The digest over every field but itself; lengths stand before texts, so fields cannot flow
  /// into one another.
  static func digest(of record: Record) -> String {
    var fields = [
      "\(record.number)", record.time, record.actor, record.action, record.previous,
    ]
    for (key, value) in record.facts.sorted(by: { $0.key < $1.key }) { fields += [key, value] }
    return Digest(of: fields.map { "\($0.utf8.count):\($0)" }.joined()).hex
  }

  private static func write(_ record: Record, at length: UInt64, of url: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let line = try encoder.encode(record) + Data("\n".utf8)
    if !FileManager.default.fileExists(atPath: url.path) {
      try AtomicFile.write(Data(), to: url)
    }
    let handle = try FileHandle(forUpdating: url)
    defer { try? handle.close() }
    try handle.truncate(atOffset: length)
    try handle.seekToEnd()
    try handle.write(contentsOf: line)
    try handle.synchronize()
  }

  /// All whole records and how many bytes they take.
  func read() throws(GovernanceError) -> (records: [Record], length: UInt64) {
    let found = try scan()
    if let place = found.unreadable {
      throw .journal("record \(place) of \(url.lastPathComponent) cannot be read")
    }
    return (found.records, found.length)
  }

  /// The records up to the first that cannot be read, and its place.
  private func scan() throws(GovernanceError) -> (
    records: [Record], length: UInt64, unreadable: Int?
  ) {
    guard FileManager.default.fileExists(atPath: url.path) else { return ([], 0, nil) }
    let data: Data
    do { data = try Data(contentsOf: url) } catch { throw .journal("\(error)") }
    let whole = data.lastIndex(of: UInt8(ascii: "\n")).map { data[...$0] } ?? Data()
    var records: [Record] = []
    for line in whole.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .dropLast()
    {
      guard let record = try? JSONDecoder().decode(Record.self, from: line) else {
        return (records, UInt64(whole.count), records.count)
      }
      records.append(record)
    }
    return (records, UInt64(whole.count), nil)
  }

  /// Checks every record.
  ///
  /// - Parameter head: the digest of the last record as it was noted elsewhere; without it records
  ///   cut off at the end are not missed.
  public func verify(head: String? = nil) -> Verdict {
    do throws(GovernanceError) {
      let found = try scan()
      let verdict = Self.verify(found.records, head: found.unreadable == nil ? head : nil)
      guard case .sound = verdict, let place = found.unreadable else { return verdict }
      return .broken(record: place, reason: "it cannot be read")
    } catch {
      return .broken(record: 0, reason: "\(error)")
    }
  }

  static func verify(_ records: [Record], head: String? = nil) -> Verdict {
    var last = String(repeating: "0", count: 64)
    for (place, record) in records.enumerated() {
      if record.number != place {
        return .broken(record: place, reason: "it has the number \(record.number)")
      }
      if record.previous != last {
        return .broken(record: place, reason: "it does not follow the record before it")
      }
      if record.digest != Self.digest(of: record) {
        return .broken(record: place, reason: "its content is not what was written")
      }
      last = record.digest
    }
    if let head, head != last {
      return .broken(record: records.count, reason: "records are missing at the end")
    }
    return .sound(records: records.count, head: last)
  }
}
