internal import Foundation
public import Provenance

/// Individuals with their signs and changes as phenopackets: GA4GH's JSON, version 2.
///
/// A packet a file (`.json`), a packet a line (`.jsonl`), or a folder of such files, read in the
/// order of their names. People of one publication with one number are one person; a second packet
/// of theirs is not taken.
public struct Phenopackets: RareCaseSource {
  /// The cases, in the order of their packets; one for each disease of a person.
  public private(set) var cases: [RareCase] = []
  /// Packets, and parts of them, that were not taken, by reason.
  public private(set) var refused: [String: Int] = [:]
  /// The digest of the file, or of the names and digests of a folder's files.
  public private(set) var digests: [String: Digest] = [:]

  /// A packet with more bytes is none.
  private static let mostBytes = 16 << 20
  private let allowed: Set<String>?
  private var seen: Set<[String]> = []

  /// Reads a file or a folder.
  ///
  /// - Parameter allowed: the people who may be read, decided before; nil where all may, since they
  ///   were published. Of others nothing but their number is looked at.
  public init(path: String, allowed: Set<String>?) throws(BiobankError) {
    self.allowed = allowed
    let url = URL(filePath: path)
    let attributes = try? FileManager.default.attributesOfItem(
      atPath: url.resolvingSymlinksInPath().path)
    guard let attributes else { throw .table(path, "there is no such file or folder") }
    guard attributes[.type] as? FileAttributeType == .typeDirectory else {
      guard Self.isPacket(path) else {
        throw .table(path, "is neither .json nor .jsonl, nor a folder of such files")
      }
      digests[url.lastPathComponent] = try read(path)
      return
    }
    let names = Self.names(in: path)
    guard !names.isEmpty else { throw .table(path, "has no phenopacket (.json, .jsonl) in it") }
    var sums = DigestStream()
    for name in names {
      let digest = try read(url.appending(path: name).path)
      sums.update(Array("\(name)\t\(digest.hex)\n".utf8))
    }
    digests[url.lastPathComponent] = sums.finish()
  }

  private static func isPacket(_ path: String) -> Bool {
    path.hasSuffix(".json") || path.hasSuffix(".jsonl")
  }

  private static func names(in folder: String) -> [String] {
    guard let files = FileManager.default.enumerator(atPath: folder) else { return [] }
    var names: [String] = []
    while let name = files.nextObject() as? String {
      // What is no file, a pipe for instance, would never end.
      guard isPacket(name), files.fileAttributes?[.type] as? FileAttributeType == .typeRegular
      else { continue }
      names.append(name)
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private mutating func read(_ path: String) throws(BiobankError) -> Digest {
    let bytes: Data
    do { bytes = try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe) } catch {
      throw .table(path, "cannot be read: \(error.localizedDescription)")
    }
    if path.hasSuffix(".jsonl") {
      for line in bytes.split(separator: 10) where line.contains(where: { $0 > 32 }) { take(line) }
    } else {
      take(bytes)
    }
    return Digest(of: bytes)
  }

  private mutating func take(_ bytes: Data) {
    do throws(Refusal) { try add(bytes) } catch { refused[error.reason, default: 0] += 1 }
  }

  private mutating func add(_ bytes: Data) throws(Refusal) {
    guard bytes.count <= Self.mostBytes else { throw Refusal("larger than 16 MiB") }
    let head = try Self.decoded(Phenopacket.Head.self, bytes)
    guard let person = head.subject?.id, !person.isEmpty else { throw Refusal("no subject") }
    if let allowed, !allowed.contains(person) { throw Refusal("not allowed by consent") }
    let packet = try Self.decoded(Phenopacket.self, bytes)
    if packet.metaData?.phenopacketSchemaVersion?.hasPrefix("1.") == true {
      throw Refusal("of version 1 of the schema")
    }
    guard seen.insert([packet.publication, person]).inserted else {
      throw Refusal("an individual twice")
    }
    let found = packet.cases(of: person)
    cases += found.cases
    for reason in found.refused { refused[reason, default: 0] += 1 }
  }

  /// JSON that is nested more than 512 deep is refused by the decoder.
  private static func decoded<Value: Decodable>(
    _ type: Value.Type, _ bytes: Data
  ) throws(Refusal) -> Value {
    do { return try JSONDecoder().decode(type, from: bytes) } catch DecodingError.dataCorrupted {
      throw Refusal("no JSON")
    } catch { throw Refusal("a field is of another kind than the schema says") }
  }

  private struct Refusal: Error {
    let reason: String
    init(_ reason: String) { self.reason = reason }
  }
}
