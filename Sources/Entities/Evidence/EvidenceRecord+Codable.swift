extension EvidenceRecord: Codable {
  private enum CodingKeys: String, CodingKey {
    case directionOnTarget = "direction_on_target"
    case directionOnTrait = "direction_on_trait"
    case requiredModulation = "required_modulation"
    case score
    case scoreRule = "score_rule"
    case remarks
    case inputs = "input_digests"
    case codeVersion = "code_version"
  }

  /// Reads a record from its columns.
  public init(from decoder: any Decoder) throws {
    let columns = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      source: try EvidenceSource(from: decoder), target: try EvidenceTarget(from: decoder),
      disease: try EvidenceDisease(from: decoder),
      statistic: try EvidenceStatistic(from: decoder),
      directionOnTarget: try columns.decode(DirectionOnTarget.self, forKey: .directionOnTarget),
      directionOnTrait: try columns.decode(DirectionOnTrait.self, forKey: .directionOnTrait),
      score: try columns.decode(Double.self, forKey: .score),
      scoreRule: try columns.decode(String.self, forKey: .scoreRule),
      protection: try EvidenceProtection(from: decoder),
      reality: try EvidenceReality(from: decoder),
      remarks: try columns.decodeIfPresent([String].self, forKey: .remarks) ?? [],
      inputs: try columns.decodeIfPresent([String: String].self, forKey: .inputs) ?? [:],
      codeVersion: try columns.decode(String.self, forKey: .codeVersion))
    let stored = try columns.decodeIfPresent(Modulation.self, forKey: .requiredModulation)
    if let stored, stored != requiredModulation {
      throw DecodingError.dataCorruptedError(
        forKey: .requiredModulation, in: columns,
        debugDescription: "\(stored.rawValue) does not follow from the two directions")
    }
  }

  /// Writes a record as columns.
  public func encode(to encoder: any Encoder) throws {
    try source.encode(to: encoder)
    try target.encode(to: encoder)
    try disease.encode(to: encoder)
    try statistic.encode(to: encoder)
    try protection.encode(to: encoder)
    try reality.encode(to: encoder)
    var columns = encoder.container(keyedBy: CodingKeys.self)
    try columns.encode(directionOnTarget, forKey: .directionOnTarget)
    try columns.encode(directionOnTrait, forKey: .directionOnTrait)
    try columns.encode(requiredModulation, forKey: .requiredModulation)
    try columns.encode(score, forKey: .score)
    try columns.encode(scoreRule, forKey: .scoreRule)
    try columns.encode(remarks, forKey: .remarks)
    try columns.encode(inputs, forKey: .inputs)
    try columns.encode(codeVersion, forKey: .codeVersion)
  }
}

extension EvidenceReality: Codable {
  private enum CodingKeys: String, CodingKey {
    case provenance
    case seed = "simulation_seed"
    case citations = "simulation_citations"
  }

  /// Reads the columns of provenance.
  public init(from decoder: any Decoder) throws {
    let columns = try decoder.container(keyedBy: CodingKeys.self)
    switch try columns.decode(String.self, forKey: .provenance) {
    case "real": self = .real
    case "synthetic": self = .synthetic
    case "simulated":
      self = .simulated(
        seed: try columns.decode(UInt64.self, forKey: .seed),
        citations: try columns.decode([String].self, forKey: .citations))
    case let word:
      throw DecodingError.dataCorruptedError(
        forKey: .provenance, in: columns,
        debugDescription: "\(word) is none of real, simulated, synthetic")
    }
  }

  /// Writes the columns of provenance.
  public func encode(to encoder: any Encoder) throws {
    var columns = encoder.container(keyedBy: CodingKeys.self)
    try columns.encode(word, forKey: .provenance)
    if case .simulated(let seed, let citations) = self {
      try columns.encode(seed, forKey: .seed)
      try columns.encode(citations, forKey: .citations)
    }
  }
}
