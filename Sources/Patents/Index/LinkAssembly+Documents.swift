public import Foundation
public import Provenance

extension LinkAssembly {
  /// Writes the table of compounds and the link file.
  ///
  /// - Parameters:
  ///   - compounds: the table of compounds to write; see `writeCompounds`.
  ///   - links: the link file to write.
  public func write(
    compounds: URL, links: URL
  ) throws -> (counts: LinkCounts, digest: Digest) {
    let sections = try LinkSections(in: intake.folder)
    var counts = LinkCounts()
    let (count, numbers) = try writeCompounds(to: compounds, sections)
    counts.compounds = count
    let byDocument = try numberLinks(numbers)
    let (byFamily, byCompound, records) = try mergeFacts(byDocument, sections, &counts)
    let familyOf = try writeFamilies(byFamily, sections, &counts)
    try writeDocuments(records, familyOf, sections)
    try writeLinks(byCompound, sections, &counts)
    guard counts.links > 0 else { throw PatentError.noLinks }
    let digest = try sections.assemble(
      to: links, compounds: counts.compounds, links: counts.links, documents: counts.documents,
      families: counts.families)
    return (counts, digest)
  }

  /// Links by document, each with its compound's number.
  private func numberLinks(_ numbers: RecordSorter) throws -> RecordSorter {
    let byDocument = sorter("by-document")
    let records = try intake.links.sorted()
    let compounds = try numbers.sorted()
    var compound = try compounds.next()
    while let link = try records.next() {
      while let found = compound, found.key < link.key { compound = try compounds.next() }
      guard let found = compound, found.key == link.key else {
        mark(.linkWithoutCompound)
        continue
      }
      var cursor = ByteCursor(link.payload)
      let document = ContentKey(high: cursor.number(UInt64.self), low: cursor.number(UInt64.self))
      try byDocument.append(document, found.payload + [cursor.number(UInt8.self)])
    }
    intake.links.removeAll()
    numbers.removeAll()
    return byDocument
  }

  /// Numbers the documents that have links, and puts together what is known of each.
  private func mergeFacts(
    _ byDocument: RecordSorter, _ sections: LinkSections, _ counts: inout LinkCounts
  ) throws -> (families: RecordSorter, links: RecordSorter, documents: RecordSorter) {
    let (families, byCompound, documents) = (
      sorter("families"), sorter("by-compound"), sorter("documents")
    )
    let facts = try GroupStream(intake.facts)
    let links = try GroupStream(byDocument)
    while facts.group != nil || links.group != nil {
      let key = min(facts.key, links.key)
      var known = DocumentFacts()
      if let group = try facts.group(of: key) {
        let all = group.map { DocumentFacts(payload: $0.payload) }
        for one in all { known.merge(one) }
        if Set(all.compactMap(\.family)).count > 1 { mark(.severalFamilies) }
        try facts.advance()
      }
      let linked = try links.group(of: key)
      var number: Int?
      if let linked {
        let document = counts.documents
        number = document
        counts.documents += 1
        for link in linked {
          var cursor = ByteCursor(link.payload)
          let compound = UInt64(cursor.number(UInt32.self))
          let place = ContentKey(high: compound << 32 | UInt64(document), low: 0)
          try byCompound.append(place, [cursor.number(UInt8.self)])
        }
        try documents.append(ContentKey(high: UInt64(document), low: 0), known.payload)
        note(known, &counts)
        try links.advance()
      }
      guard let family = known.family else { continue }
      var payload: [UInt8] = []
      payload.append(number: number.map { UInt32($0) } ?? .max)
      payload.append(number: known.earliest?.days ?? .max)
      payload.append(text: family)
      payload.append(text: known.number?.text ?? "")
      try families.append(ContentKey(of: "family:\(family)"), payload)
    }
    intake.facts.removeAll()
    byDocument.removeAll()
    return (families, byCompound, documents)
  }

  private func note(_ known: DocumentFacts, _ counts: inout LinkCounts) {
    if known.earliest == nil { mark(.undatedDocument) } else { counts.datedDocuments += 1 }
    if known.family == nil { mark(.documentWithoutFamily) }
    if known.expiry != nil { counts.documentsWithExpiry += 1 }
    counts.latestPublication = [counts.latestPublication, known.published].compactMap { $0 }.max()
  }

  /// Writes each family once, with the earliest day of all its documents: those without a structure
  /// in this corpus count too.
  private func writeFamilies(
    _ byFamily: RecordSorter, _ sections: LinkSections, _ counts: inout LinkCounts
  ) throws -> RecordSorter {
    let familyOf = sorter("family-of")
    let groups = try GroupStream(byFamily)
    while let group = groups.group {
      var earliest = Int32.max
      var members: [UInt32] = []
      var name = ""
      for record in group {
        var cursor = ByteCursor(record.payload)
        let document = cursor.number(UInt32.self)
        earliest = min(earliest, cursor.number(Int32.self))
        name = cursor.text()
        if document != .max { members.append(document) }
      }
      if !members.isEmpty {
        let place = try text([name], sections)
        try sections.write(.families) {
          $0.append(little: place)
          $0.append(little: earliest == .max ? .min : earliest)
          $0.append(little: UInt32(group.count))
          $0.append(little: UInt32(0))
        }
        for document in members {
          var payload: [UInt8] = []
          payload.append(number: UInt32(counts.families))
          try familyOf.append(ContentKey(high: UInt64(document), low: 0), payload)
        }
        counts.families += 1
      }
      try groups.advance()
    }
    byFamily.removeAll()
    return familyOf
  }

  private func writeDocuments(
    _ documents: RecordSorter, _ familyOf: RecordSorter, _ sections: LinkSections
  ) throws {
    let records = try documents.sorted()
    let families = try familyOf.sorted()
    var family = try families.next()
    while let record = try records.next() {
      let known = DocumentFacts(payload: record.payload)
      var number = DocumentRecord.none
      if let found = family, found.key == record.key {
        var cursor = ByteCursor(found.payload)
        number = cursor.number(UInt32.self)
        family = try families.next()
      }
      let place = try text(
        [
          known.number?.text ?? "", known.assignee ?? "",
          known.classes.joined(separator: "|"),
        ], sections)
      try sections.write(.documents) {
        $0.append(little: place)
        $0.append(little: number)
        for date in [known.published, known.priority, known.expiry, known.exclusivity] {
          $0.append(little: date?.days ?? .min)
        }
        $0.append(little: UInt64(0))
      }
    }
    documents.removeAll()
    familyOf.removeAll()
  }

  /// Writes texts one behind another; their place counts in units of 8 bytes.
  private func text(_ texts: [String], _ sections: LinkSections) throws -> UInt32 {
    let place = sections.length(of: .texts)
    guard place / 8 < Int(UInt32.max) else {
      throw PatentError.damaged(file: "links", reason: "its texts are over 32 GiB")
    }
    try sections.write(.texts) { bytes in
      var length = 0
      for text in texts {
        bytes.append(little: UInt32(text.utf8.count))
        bytes += Array(text.utf8)
        length += 4 + text.utf8.count
      }
      bytes += [UInt8](repeating: 0, count: (8 - length % 8) % 8)
    }
    return UInt32(place / 8)
  }

  private func writeLinks(
    _ byCompound: RecordSorter, _ sections: LinkSections, _ counts: inout LinkCounts
  ) throws {
    let groups = try GroupStream(byCompound)
    var next = 0
    func start(upTo compound: Int) throws {
      while next <= compound {
        try sections.write(.linkStarts) { $0.append(little: UInt64(counts.links)) }
        next += 1
      }
    }
    while let group = groups.group {
      try start(upTo: Int(groups.key.high >> 32))
      let fields = group.reduce(UInt8(0)) { $0 | ($1.payload.first ?? 0) }
      try sections.write(.links) {
        $0.append(little: UInt32(truncatingIfNeeded: groups.key.high))
        $0.append(fields)
        $0 += [0, 0, 0]
      }
      counts.links += 1
      try groups.advance()
    }
    try start(upTo: counts.compounds)
    byCompound.removeAll()
  }
}
