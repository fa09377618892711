import Foundation
import Provenance

/// How much an index holds.
public struct LinkCounts: Codable, Hashable, Sendable {
  /// Distinct standardised structures.
  public var compounds = 0
  /// Pairs of a structure and a document.
  public var links = 0
  /// Documents that a structure stands in.
  public var documents = 0
  /// Families those documents belong to.
  public var families = 0
  /// Documents among them with a date of any kind.
  public var datedDocuments = 0
  /// Documents among them with a listed expiry.
  public var documentsWithExpiry = 0
  /// The latest publication of them.
  public var latestPublication: PatentDate?
}

/// Joins what the rows of a corpus say into compounds, links, documents and families.
///
/// Every join is a merge of two sorted streams, so memory does not grow with the corpus. What comes
/// out depends on what was read, never on its order or on where buffers were cut.
public final class LinkAssembly {
  let intake: CorpusIntake
  let structures: RecordSorter
  private let names: RecordSorter
  /// What was left out on the way, by reason.
  public private(set) var marks: [CorpusMark: Int] = [:]

  /// Prepares the joins of an intake that is complete.
  public init(_ intake: CorpusIntake) {
    self.intake = intake
    structures = RecordSorter(in: intake.folder, name: "structures", capacity: intake.capacity)
    names = RecordSorter(in: intake.folder, name: "names", capacity: intake.capacity)
  }

  /// Counts a mark.
  public func mark(_ mark: CorpusMark, _ count: Int = 1) {
    if count > 0 { marks[mark, default: 0] += count }
  }

  func sorter(_ name: String) -> RecordSorter {
    RecordSorter(in: intake.folder, name: name, capacity: intake.capacity)
  }

  /// Turns tables' own numbers of documents into the documents' numbers.
  public func resolveLocalNumbers() throws {
    let aliases = try GroupStream(intake.aliases)
    let links = try GroupStream(intake.localLinks)
    while let group = links.group {
      if let alias = try aliases.group(of: links.key)?.first {
        let number = Self.number(alias)
        for record in group {
          var cursor = ByteCursor(record.payload)
          let compound = ContentKey(
            high: cursor.number(UInt64.self), low: cursor.number(UInt64.self))
          try intake.links.append(
            compound, CorpusIntake.bytes(number, cursor.number(UInt8.self)))
        }
      } else {
        mark(.linkWithoutDocument, group.count)
      }
      try links.advance()
    }
    let again = try GroupStream(intake.aliases)
    let facts = try GroupStream(intake.localFacts)
    while let group = facts.group {
      let documents = try again.group(of: facts.key) ?? []
      if documents.isEmpty { mark(.factsWithoutDocument, group.count) }
      // An application may have several publications; what is known of it holds for each.
      for document in documents {
        for record in group { try intake.facts.append(Self.number(document), record.payload) }
      }
      try facts.advance()
    }
    intake.localLinks.removeAll()
    intake.localFacts.removeAll()
    intake.aliases.removeAll()
  }

  private static func number(_ alias: KeyedRecord) -> ContentKey {
    var cursor = ByteCursor(alias.payload)
    return ContentKey(of: "number:\(cursor.text())")
  }

  /// The structures that links name, each once, in an order of their keys.
  ///
  /// - Parameter repeated: told of structures that another one of the same key shuts out.
  public func linkedCompounds(
    repeated: @escaping (_ compound: RawCompound, _ first: RawCompound) throws -> Void
  ) throws -> () throws -> RawCompound? {
    let compounds = try intake.sortedCompounds()
    let links = try intake.links.sorted()
    var link = try links.next()
    return { [self] in
      while let compound = try intake.nextCompound(compounds, repeated: repeated) {
        while let found = link, found.key < compound.key { link = try links.next() }
        if link?.key == compound.key { return compound }
        mark(.compoundWithoutLink)
      }
      return nil
    }
  }

  /// Takes a structure after standardisation.
  public func take(_ compound: StandardCompound, from raw: RawCompound) throws {
    try structures.append(compound.keys.structure, compound.payload(raw: raw.key))
    // Corpora repeat identifiers, and two structures may have one InChIKey, as tautomers do.
    var payload: [UInt8] = []
    payload.append(number: compound.keys.structure.high)
    payload.append(number: compound.keys.structure.low)
    try names.append(ContentKey(of: compound.id ?? compound.ownName), payload)
  }

  /// The identifiers that stand for more than one structure; few, so they are held in memory.
  func sharedNames() throws -> Set<ContentKey> {
    var shared: Set<ContentKey> = []
    let groups = try GroupStream(names)
    while let group = groups.group {
      if Set(group.map(\.payload)).count > 1 { shared.insert(groups.key) }
      try groups.advance()
    }
    names.removeAll()
    return shared
  }
}

/// Sorted records by groups of one key, of which the current one can be looked at.
final class GroupStream {
  private let records: SortedRecords
  /// The group at hand; nil at the end.
  private(set) var group: [KeyedRecord]?

  init(_ sorter: RecordSorter) throws {
    records = try sorter.sorted()
    group = try records.nextGroup()
  }

  /// The key of the group at hand.
  var key: ContentKey { group?.first?.key ?? ContentKey(high: .max, low: .max) }

  func advance() throws { group = try records.nextGroup() }

  /// The group of a key, where there is one; keys must be asked for in ascending order.
  func group(of wanted: ContentKey) throws -> [KeyedRecord]? {
    while group != nil, key < wanted { try advance() }
    return group != nil && key == wanted ? group : nil
  }
}
