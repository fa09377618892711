public import Foundation
public import Provenance

/// A distinct structure as a corpus gave it, before standardisation.
public struct RawCompound: Hashable, Sendable {
  /// What stands for its key in the links.
  public let key: ContentKey
  /// The corpus' identifier.
  public let id: String?
  /// The structure.
  public let smiles: String
  /// The input and the line it was first read from.
  public let input: Int, line: Int
}

/// Sorts what the rows of a corpus say, in bounded memory: structures, links, facts.
public final class CorpusIntake {
  let folder: URL
  let capacity: Int
  let compounds: RecordSorter
  let links: RecordSorter
  let localLinks: RecordSorter
  let facts: RecordSorter
  let localFacts: RecordSorter
  let aliases: RecordSorter
  /// The input that rows come from now.
  public var input = 0

  /// Prepares an intake whose buffers lie in a folder.
  /// - Parameter capacity: bytes each of six sorts holds in memory.
  public init(in folder: URL, capacity: Int = 32 << 20) {
    self.folder = folder
    self.capacity = capacity
    func sorter(_ name: String, ignoredTail: Int = 0) -> RecordSorter {
      RecordSorter(in: folder, name: name, capacity: capacity, ignoredTail: ignoredTail)
    }
    // The last twelve bytes tell where a compound was read; the same one is kept once.
    compounds = sorter("compounds", ignoredTail: 12)
    links = sorter("links")
    localLinks = sorter("local-links")
    facts = sorter("facts")
    localFacts = sorter("local-facts")
    aliases = sorter("aliases")
  }

  /// Takes what a row says.
  public func take(_ item: CorpusItem) throws {
    switch item {
    case .compound(let compound):
      var payload: [UInt8] = []
      payload.append(text: compound.id ?? "")
      payload.append(text: compound.smiles)
      payload.append(number: UInt32(input))
      payload.append(number: UInt64(compound.line))
      try compounds.append(ContentKey(of: compound.key), payload)
    case .link(let compound, let document, let field):
      let fields = field.map { PatentFields($0).rawValue } ?? 0
      let key = ContentKey(of: compound)
      switch document {
      case .number: try links.append(key, Self.bytes(document.key, fields))
      case .local: try localLinks.append(document.key, Self.bytes(key, fields))
      }
    case .facts(let document, let facts):
      switch document {
      case .number: try self.facts.append(document.key, facts.payload)
      case .local: try localFacts.append(document.key, facts.payload)
      }
    case .alias(let local, let number):
      var payload: [UInt8] = []
      payload.append(text: number.text)
      try aliases.append(local.key, payload)
    }
  }

  static func bytes(_ key: ContentKey, _ fields: UInt8) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(17)
    bytes.append(number: key.high)
    bytes.append(number: key.low)
    bytes.append(fields)
    return bytes
  }

  /// The next distinct structure, nil at the end; of several under one key the first read counts, the
  /// others go to `repeated`.
  public func nextCompound(
    _ records: SortedRecords,
    repeated: (_ compound: RawCompound, _ first: RawCompound) throws -> Void
  ) throws -> RawCompound? {
    guard let group = try records.nextGroup() else { return nil }
    let found = group.map { record in
      var cursor = ByteCursor(record.payload)
      let id = cursor.text()
      let smiles = cursor.text()
      return RawCompound(
        key: record.key, id: id.isEmpty ? nil : id, smiles: smiles,
        input: Int(cursor.number(UInt32.self)), line: Int(cursor.number(UInt64.self)))
    }.sorted { ($0.input, $0.line) < ($1.input, $1.line) }
    for other in found.dropFirst() where other.smiles != found[0].smiles {
      try repeated(other, found[0])
    }
    return found[0]
  }

  /// The structures in the order of their keys; the intake takes no more of them.
  public func sortedCompounds() throws -> SortedRecords { try compounds.sorted() }
}
