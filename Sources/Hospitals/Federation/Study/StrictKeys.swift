extension Decoder {
  /// Throws when there is a key that nothing reads: a slip of the pen would change nothing, unseen.
  public func refuseKeys(except known: [String], of what: String) throws {
    let found = try container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
    if let unknown = found.sorted().first(where: { !known.contains($0) }) {
      throw HospitalError("\(what) has no `\(unknown)`; it has \(known.joined(separator: ", "))")
    }
  }
}

private struct AnyKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init?(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
