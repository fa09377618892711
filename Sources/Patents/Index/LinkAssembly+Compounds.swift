import Foundation
import Provenance
import Records

extension LinkAssembly {
  /// Numbers the structures, writes their table and the sections that find them.
  ///
  /// - Parameter file: a table of `smiles,id`, a compound on line number + 2: what the library of the
  ///   index is built from.
  /// - Returns: how many there are, and the number of each row's compound by its key in the links.
  func writeCompounds(
    to file: URL, _ sections: LinkSections
  ) throws -> (count: Int, numbers: RecordSorter) {
    let shared = try sharedNames()
    mark(.sharedIdentifier, shared.count)
    let table = try DelimitedWriter(to: .file(file.path), header: ["smiles", "id"])
    let numbers = sorter("numbers")
    let orders = (sorter("identities"), sorter("connectivities"), sorter("scaffolds"))
    var count = 0
    let groups = try GroupStream(structures)
    while let group = groups.group {
      let found = group.map(StandardCompound.read)
      let key = groups.key
      guard let best = found.map(\.compound).min(by: Self.namesBetter) else { break }
      try table.write([best.smiles, Self.name(of: best, key, shared)])
      try sections.write(.structureKeys) {
        $0.append(little: key.high)
        $0.append(little: key.low)
      }
      let number = UInt64(count)
      try orders.0.append(ContentKey(high: best.keys.identity, low: number), [])
      try orders.1.append(ContentKey(high: best.keys.connectivity, low: number), [])
      if let scaffold = best.keys.scaffold {
        try orders.2.append(ContentKey(high: scaffold, low: number), [])
      }
      for (raw, _) in found {
        var payload: [UInt8] = []
        payload.append(number: UInt32(count))
        try numbers.append(raw, payload)
      }
      mark(.sameStructure, found.count - 1)
      count += 1
      try groups.advance()
    }
    try table.finish()
    structures.removeAll()
    try write(orders.0, .identityKeys, .identityCompounds, sections)
    try write(orders.1, .connectivityKeys, .connectivityCompounds, sections)
    try write(orders.2, .scaffoldKeys, .scaffoldCompounds, sections)
    return (count, numbers)
  }

  /// Of a structure's names the corpus' own, the shortest, the first in the alphabet.
  private static func namesBetter(_ left: StandardCompound, _ right: StandardCompound) -> Bool {
    func rank(_ compound: StandardCompound) -> (Int, Int, String) {
      let name = compound.id ?? compound.ownName
      return (compound.id == nil ? 1 : 0, name.utf8.count, name)
    }
    return rank(left) < rank(right)
  }

  /// A name that no other structure has: one that is shared gets a piece of the structure's key.
  private static func name(
    of compound: StandardCompound, _ key: ContentKey, _ shared: Set<ContentKey>
  ) -> String {
    let name = compound.id ?? compound.ownName
    // A line end in a name would shift the lines that number the compounds.
    let plain = String(name.unicodeScalars.map { $0.value < 0x20 ? " " : Character($0) })
    guard shared.contains(ContentKey(of: name)) else { return plain }
    return "\(plain)~\(String(key.high >> 32, radix: 16))"
  }

  private func write(
    _ order: RecordSorter, _ keys: LinkLayout.Section, _ compounds: LinkLayout.Section,
    _ sections: LinkSections
  ) throws {
    let records = try order.sorted()
    while let record = try records.next() {
      try sections.write(keys) { $0.append(little: record.key.high) }
      try sections.write(compounds) { $0.append(little: UInt32(record.key.low)) }
    }
    order.removeAll()
  }
}
