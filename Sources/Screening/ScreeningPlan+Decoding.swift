extension ScreeningPlan {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case count, ranking, properties, excludedAlerts, required, forbidden, maximumPerScaffold
    case onlyInDomain, maximumSimilarityToMeasured
  }

  private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Reads a plan; what is left out keeps its default, and an unknown key is an error.
  public init(from decoder: any Decoder) throws {
    let known = Set(CodingKeys.allCases.map(\.rawValue))
    let keys = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
    if let unknown = keys.sorted().first(where: { !known.contains($0) }) {
      throw PlanError.unknownKey(unknown, known: known.sorted())
    }
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init()
    count = try values.decodeIfPresent(Int.self, forKey: .count) ?? count
    ranking = try values.decodeIfPresent(RankingRule.self, forKey: .ranking) ?? ranking
    properties =
      try values.decodeIfPresent([CompoundProperty: ClosedInterval].self, forKey: .properties)
      ?? properties
    excludedAlerts =
      try values.decodeIfPresent(Set<AlertCatalogName>.self, forKey: .excludedAlerts)
      ?? excludedAlerts
    required = try values.decodeIfPresent([String].self, forKey: .required) ?? required
    forbidden = try values.decodeIfPresent([String].self, forKey: .forbidden) ?? forbidden
    maximumPerScaffold = try values.decodeIfPresent(Int.self, forKey: .maximumPerScaffold)
    onlyInDomain = try values.decodeIfPresent(Bool.self, forKey: .onlyInDomain) ?? onlyInDomain
    maximumSimilarityToMeasured =
      try values.decodeIfPresent(Double.self, forKey: .maximumSimilarityToMeasured)
    try validate()
  }

  /// Writes a plan with its alerts in order, so that the same plan gives the same bytes.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(count, forKey: .count)
    try values.encode(ranking, forKey: .ranking)
    try values.encode(properties, forKey: .properties)
    try values.encode(excludedAlerts.sorted(), forKey: .excludedAlerts)
    try values.encode(required, forKey: .required)
    try values.encode(forbidden, forKey: .forbidden)
    try values.encodeIfPresent(maximumPerScaffold, forKey: .maximumPerScaffold)
    try values.encode(onlyInDomain, forKey: .onlyInDomain)
    try values.encodeIfPresent(maximumSimilarityToMeasured, forKey: .maximumSimilarityToMeasured)
  }

  /// Checks what types cannot: counts are positive, ranges are not empty.
  public func validate() throws(PlanError) {
    guard count > 0 else { throw .notPositive("count", count) }
    if let maximumPerScaffold, maximumPerScaffold < 1 {
      throw .notPositive("maximumPerScaffold", maximumPerScaffold)
    }
    for (property, range) in properties {
      if let minimum = range.minimum, let maximum = range.maximum, minimum > maximum {
        throw .emptyRange(property.rawValue)
      }
    }
  }
}

/// Why a plan cannot be followed.
public enum PlanError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The plan has a key that means nothing.
  case unknownKey(String, known: [String])
  /// A number that must be positive is not.
  case notPositive(String, Int)
  /// A range whose least value is above its greatest.
  case emptyRange(String)
  /// A SMARTS pattern that cannot be read.
  case unreadablePattern(String)

  /// One line for a reader.
  public var description: String {
    switch self {
    case .unknownKey(let key, let known):
      "the plan has an unknown key \(key); known are \(known.joined(separator: ", "))"
    case .notPositive(let name, let value): "\(name) must be at least 1, it is \(value)"
    case .emptyRange(let name): "the range of \(name) has its minimum above its maximum"
    case .unreadablePattern(let smarts): "the SMARTS pattern cannot be read: \(smarts)"
    }
  }
}
