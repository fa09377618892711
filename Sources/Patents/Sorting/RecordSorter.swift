public import Foundation
public import Provenance

/// One record of an external sort: a key of 128 bits, and bytes that belong to it.
public struct KeyedRecord: Hashable, Sendable {
  /// What is sorted by.
  public var key: ContentKey
  /// What travels along; equal keys are ordered by it.
  public var payload: [UInt8]

  /// Creates a record.
  public init(key: ContentKey, payload: [UInt8]) {
    self.key = key
    self.payload = payload
  }

  static func isOrdered(_ left: KeyedRecord, _ right: KeyedRecord) -> Bool {
    if left.key != right.key { return left.key < right.key }
    return left.payload.lexicographicallyPrecedes(right.payload)
  }
}

/// Sorts any number of records in bounded memory: full buffers go to disk sorted, and are merged.
///
/// The order depends on the records alone, never on where the buffers were cut. Records that repeat
/// another but for their last ``ignoredTail`` bytes are left out, the smallest is kept: tables name
/// the same document on thousands of rows.
public final class RecordSorter {
  private struct Entry {
    let key: ContentKey
    let start: UInt32
    let length: UInt32
  }

  private let folder: URL
  private let name: String
  private let capacity: Int
  /// How many bytes at the end of a payload do not tell two records apart.
  public let ignoredTail: Int
  private var bytes: [UInt8] = []
  private var entries: [Entry] = []
  private var runs: [URL] = []
  /// How many records were handed in.
  public private(set) var count = 0

  /// Prepares a sort whose buffers lie in a folder under this name.
  ///
  /// - Parameter capacity: bytes of records held in memory.
  public init(in folder: URL, name: String, capacity: Int = 48 << 20, ignoredTail: Int = 0) {
    precondition(capacity > 0 && capacity <= 1 << 30, "a buffer of \(capacity) bytes")
    self.folder = folder
    self.name = name
    self.capacity = capacity
    self.ignoredTail = ignoredTail
  }

  /// Takes a record.
  public func append(_ key: ContentKey, _ payload: [UInt8]) throws {
    entries.append(
      Entry(key: key, start: UInt32(bytes.count), length: UInt32(payload.count)))
    bytes += payload
    count += 1
    if bytes.count + entries.count * 24 >= capacity { try spill() }
  }

  /// The records in order, as often as asked for.
  public func sorted() throws -> SortedRecords {
    if runs.isEmpty {
      let records = sortedEntries().map { KeyedRecord(key: $0.key, payload: payload($0)) }
      return SortedRecords([.memory(records)], ignoredTail: ignoredTail)
    }
    if !entries.isEmpty { try spill() }
    return SortedRecords(try runs.map { .file(try RunReader($0)) }, ignoredTail: ignoredTail)
  }

  /// Drops everything that was taken.
  public func removeAll() {
    entries = []
    bytes = []
    for run in runs { try? FileManager.default.removeItem(at: run) }
    runs = []
  }

  private func payload(_ entry: Entry) -> [UInt8] {
    Array(bytes[Int(entry.start)..<Int(entry.start + entry.length)])
  }

  private func sortedEntries() -> [Entry] {
    entries.sorted { left, right in
      if left.key != right.key { return left.key < right.key }
      let (one, other) = (Int(left.start), Int(right.start))
      return bytes[one..<one + Int(left.length)]
        .lexicographicallyPrecedes(bytes[other..<other + Int(right.length)])
    }
  }

  private func spill() throws {
    let url = folder.appending(path: "\(name)-\(runs.count).run")
    var writer = try RunWriter(url)
    var last: Entry?
    for entry in sortedEntries() {
      if let last, last.key == entry.key, last.length == entry.length,
        distinct(last) == distinct(entry)
      {
        continue
      }
      try writer.write(entry.key, bytes[Int(entry.start)..<Int(entry.start + entry.length)])
      last = entry
    }
    try writer.finish()
    runs.append(url)
    entries.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
  }

  private func distinct(_ entry: Entry) -> ArraySlice<UInt8> {
    bytes[Int(entry.start)..<Int(entry.start) + max(0, Int(entry.length) - ignoredTail)]
  }
}
