import Fingerprints
public import Foundation
public import Provenance

/// The links of an index, mapped into memory: compounds, the documents each stands in, families.
///
/// Whatever the bytes are, nothing read from them can crash or leave the file; whether they are the
/// ones written is told by their digest, which opening compares.
public struct LinkFile: Sendable {
  let bytes: MappedBytes
  let layout: LinkLayout

  /// The file's name in an index.
  public static let fileName = "links"

  /// Opens the file and checks its layout, its digest where one is given.
  public init(at url: URL, digest: Digest?) throws {
    let name = url.lastPathComponent
    func damaged(_ reason: String) -> PatentError { .damaged(file: name, reason: reason) }
    guard let bytes = try? MappedBytes(path: url.path) else {
      throw damaged("it cannot be opened")
    }
    let start = LinkLayout.magic.count + 8
    guard bytes.count >= LinkLayout.room,
      bytes.bytes(in: 0..<LinkLayout.magic.count) == LinkLayout.magic
    else { throw damaged("it does not begin like a file of links") }
    let length = bytes.number(UInt64.self, at: LinkLayout.magic.count)
    guard length <= UInt64(LinkLayout.room - start) else { throw damaged("its header is cut") }
    let json = Data(bytes.bytes(in: start..<start + Int(length)))
    struct FormatOnly: Decodable { let format: Int }
    guard let format = try? JSONDecoder().decode(FormatOnly.self, from: json).format else {
      throw damaged("its header cannot be read")
    }
    guard format == LinkLayout.currentFormat else {
      throw PatentError.newerFormat(found: format, known: LinkLayout.currentFormat)
    }
    guard let layout = try? JSONDecoder().decode(LinkLayout.self, from: json) else {
      throw damaged("its header cannot be read")
    }
    if let reason = layout.contradiction(byteCount: bytes.count) { throw damaged(reason) }
    if let digest, (try? Digest(ofFileAt: url)) != digest {
      throw damaged("its digest is not the one noted at its writing")
    }
    self.bytes = bytes
    self.layout = layout
    guard self.start(of: layout.compounds) == layout.links, self.start(of: 0) == 0 else {
      throw damaged("its links do not fit its compounds")
    }
  }

  /// How many compounds there are.
  public var compounds: Int { layout.compounds }
  /// How many links there are.
  public var links: Int { layout.links }
  /// How many documents there are.
  public var documents: Int { layout.documents }
  /// How many families there are.
  public var families: Int { layout.families }

  /// The number of the compound with a standardised structure.
  /// - Complexity: O(log compounds)
  public func compound(of structure: ContentKey) -> Int? {
    let offset = self.offset(.structureKeys)
    func key(_ place: Int) -> ContentKey {
      ContentKey(
        high: bytes.number(UInt64.self, at: offset + place * 16),
        low: bytes.number(UInt64.self, at: offset + place * 16 + 8))
    }
    let place = firstPlace(in: compounds) { key($0) >= structure }
    return place < compounds && key(place) == structure ? place : nil
  }

  /// The numbers of the compounds with the whole InChIKey of these keys.
  public func compounds(identicalTo keys: StructureKeys) -> [Int] {
    numbers(of: keys.identity, .identityKeys, .identityCompounds)
  }

  /// The numbers of the compounds with the same connectivity.
  public func compounds(connectedAs keys: StructureKeys) -> [Int] {
    numbers(of: keys.connectivity, .connectivityKeys, .connectivityCompounds)
  }

  /// How many compounds have the same scaffold; nil for a structure without rings.
  public func scaffoldCount(of keys: StructureKeys) -> Int? {
    keys.scaffold.map { places(of: $0, .scaffoldKeys).count }
  }

  func offset(_ section: LinkLayout.Section) -> Int { layout.sections[section]?.offset ?? 0 }

  func start(of compound: Int) -> Int {
    let start = bytes.number(UInt64.self, at: offset(.linkStarts) + compound * 8)
    return Int(min(start, UInt64(layout.links)))
  }

  private func places(of key: UInt64, _ section: LinkLayout.Section) -> Range<Int> {
    let count = (layout.sections[section]?.length ?? 0) / 8
    let offset = self.offset(section)
    func found(_ place: Int) -> UInt64 { bytes.number(UInt64.self, at: offset + place * 8) }
    let first = firstPlace(in: count) { found($0) >= key }
    let end = firstPlace(in: count) { found($0) > key }
    return first..<max(first, end)
  }

  private func numbers(
    of key: UInt64, _ keys: LinkLayout.Section, _ compounds: LinkLayout.Section
  ) -> [Int] {
    places(of: key, keys).map {
      Int(bytes.number(UInt32.self, at: offset(compounds) + $0 * 4))
    }.filter { $0 < self.compounds }
  }

  private func firstPlace(in count: Int, where isReached: (Int) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isReached(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
