public import Entities
public import Foundation
import Provenance

/// A file of evidence: one record a line as JSON, append-only.
///
/// A record is never changed. What is withdrawn gets a line of its own that names it, so the file
/// says at any time what was believed before. Equal records count once.
public struct EvidenceFile: Sendable {
  /// The longest line that is read.
  static let longestLine = 1 << 20

  /// A record that was withdrawn, and why.
  public struct Retraction: Codable, Hashable, Sendable {
    /// The record's identity.
    public let retracts: String
    /// The reason: a withdrawn consent, an error.
    public let reason: String

    /// Withdraws a record.
    public init(retracts: String, reason: String) {
      self.retracts = retracts
      self.reason = reason
    }
  }

  /// What a file holds.
  public struct Contents: Sendable {
    /// The records that count, in the order of the file, each with its identity.
    public var records: [(id: String, record: EvidenceRecord)] = []
    /// Those that were withdrawn.
    public var retractions: [Retraction] = []
    /// Lines that were not taken, and why.
    public var refused: [RefusedRecord] = []
  }

  /// Where it lies.
  public let url: URL

  /// The file at a place; the first record makes it.
  public init(at url: URL) { self.url = url }

  /// Reads all of it.
  public func read() throws(EvidenceError) -> Contents {
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw .file("there is no evidence at \(url.relativePath)")
    }
    let data: Data
    do { data = try Data(contentsOf: url, options: .mappedIfSafe) } catch {
      throw .file("\(url.relativePath): \(error)")
    }
    var contents = Contents()
    var seen = Set<String>()
    var withdrawn = Set<String>()
    var number = 0
    for line in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      if line.isEmpty { continue }
      guard line.count <= Self.longestLine else {
        contents.refused.append(
          RefusedRecord(line: number, reason: .tooLong(bytes: line.count, limit: Self.longestLine)))
        continue
      }
      if let retraction = try? JSONDecoder().decode(Retraction.self, from: line) {
        contents.retractions.append(retraction)
        withdrawn.insert(retraction.retracts)
        continue
      }
      do {
        let record = try JSONDecoder().decode(EvidenceRecord.self, from: line)
        if let fault = record.faults.first {
          contents.refused.append(
            RefusedRecord(line: number, id: record.target.symbol, reason: .unreadable(fault)))
        } else if seen.insert(record.id).inserted {
          contents.records.append((record.id, record))
        }
      } catch {
        contents.refused.append(
          RefusedRecord(line: number, reason: .unreadable(Self.sentence(error))))
      }
    }
    contents.records.removeAll { withdrawn.contains($0.id) }
    return contents
  }

  /// Adds records, all or none, and returns when they are on the disk.
  ///
  /// - Returns: how many were new.
  @discardableResult
  public func append(_ records: [EvidenceRecord]) throws(EvidenceError) -> Int {
    for record in records {
      if let fault = record.faults.first {
        throw .file("evidence for \(record.target.symbol) in \(record.disease.id): \(fault)")
      }
    }
    let lines: [String]
    do { lines = try records.map(Self.line) } catch { throw .file("\(error)") }
    return try add(lines)
  }

  /// Withdraws records by their identities.
  @discardableResult
  public func retract(_ ids: [String], reason: String) throws(EvidenceError) -> Int {
    let lines: [String]
    do {
      lines = try ids.map { try Self.line(of: Retraction(retracts: $0, reason: reason)) }
    } catch { throw .file("\(error)") }
    return try add(lines)
  }

  /// Writes the file anew with some lines more: a reader sees the old one or the new one.
  private func add(_ lines: [String]) throws(EvidenceError) -> Int {
    do {
      guard let lock = try FileLock(at: url.appendingPathExtension("lock"), for: "adding evidence")
      else { throw EvidenceError.file("\(url.relativePath) is being written by another process") }
      defer { _ = lock }
      let old =
        FileManager.default.fileExists(atPath: url.path) ? try Data(contentsOf: url) : Data()
      // A stranger's last line may lack its end; what follows must not become a part of it.
      let end = old.isEmpty || old.last == UInt8(ascii: "\n") ? "" : "\n"
      var known = Set(
        old.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) + "\n" })
      let new = lines.filter { known.insert($0).inserted }
      try AtomicFile.write(old + Data((end + new.joined()).utf8), to: url)
      return new.count
    } catch let error as EvidenceError {
      throw error
    } catch { throw .file("\(error)") }
  }

  static func line(of value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }

  private static func sentence(_ error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, _): "it has no column \(key.stringValue)"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      "its column \(context.codingPath.last?.stringValue ?? "?") has another type"
    case DecodingError.dataCorrupted(let context): context.debugDescription
    default: "\(error)"
    }
  }
}
