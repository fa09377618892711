import Records

/// The domain of each concept, and whether it is a standard one, from the vocabulary's table.
struct ConceptTable {
  private var domains: [String: UInt8] = [:]
  private(set) var names: [String] = []
  private var concepts: [Int32: UInt8] = [:]

  /// Whether there is a vocabulary.
  var isEmpty: Bool { concepts.isEmpty }

  /// The place of a concept's domain among the names, and whether it is standard; nil where the
  /// vocabulary has it not.
  func find(_ concept: Int) -> (domain: Int, isStandard: Bool)? {
    guard let concept = Int32(exactly: concept), let found = concepts[concept] else { return nil }
    return (Int(found >> 1), found & 1 == 1)
  }

  /// Adds a concept; more than 127 domains share the last.
  mutating func add(_ concept: Int, domain: String, isStandard: Bool) {
    guard let concept = Int32(exactly: concept) else { return }
    let place: UInt8
    if let known = domains[domain] {
      place = known
    } else {
      place = UInt8(min(names.count, 127))
      if names.count <= 127 { names.append(domain) }
      domains[domain] = place
    }
    concepts[concept] = place << 1 | (isStandard ? 1 : 0)
  }
}
