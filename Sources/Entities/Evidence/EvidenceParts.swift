/// Where a reason comes from and what kind it is.
public struct EvidenceSource: Hashable, Codable, Sendable {
  /// The platform.
  public var platform: EvidenceRecord.Platform
  /// The data source; those of one name count as repeated looks at the same thing.
  public var datasource: String
  /// The kind of data, such as `genetic_association` or `known_drug`.
  public var datatype: String
  /// Publications, as `PMID:…` or `doi:…`.
  public var citations: [String]

  /// Describes a source.
  public init(
    platform: EvidenceRecord.Platform, datasource: String, datatype: String,
    citations: [String] = []
  ) {
    self.platform = platform
    self.datasource = datasource
    self.datatype = datatype
    self.citations = citations
  }
}

/// A target as it is named.
public struct EvidenceTarget: Hashable, Codable, Sendable {
  /// The gene's symbol by HGNC.
  public var symbol: String
  /// The protein by UniProt.
  public var uniprot: String?
  /// The gene by Ensembl.
  public var ensembl: String?

  enum CodingKeys: String, CodingKey {
    case symbol = "target_symbol"
    case uniprot = "target_uniprot"
    case ensembl = "target_ensembl"
  }

  /// Names a target.
  public init(symbol: String, uniprot: String? = nil, ensembl: String? = nil) {
    self.symbol = symbol
    self.uniprot = uniprot
    self.ensembl = ensembl
  }
}

/// A disease as it is named.
public struct EvidenceDisease: Hashable, Codable, Sendable {
  /// Its identifier: `MONDO:…`, `EFO:…`, `OMIM:…`.
  public var id: String
  /// Its name.
  public var name: String
  /// The code in the source, where it is another one.
  public var sourceCode: String?

  enum CodingKeys: String, CodingKey {
    case id = "disease_id"
    case name = "disease_name"
    case sourceCode = "disease_source_code"
  }

  /// Names a disease.
  public init(id: String, name: String, sourceCode: String? = nil) {
    self.id = id
    self.name = name
    self.sourceCode = sourceCode
  }
}

/// What was estimated, and how well.
public struct EvidenceStatistic: Hashable, Codable, Sendable {
  /// The method.
  public var method: String
  /// Which statistic the numbers are of.
  public var statistic: String
  /// The effect.
  public var beta: Double?
  /// Its standard error.
  public var standardError: Double?
  /// The scale of the effect, such as `log odds ratio`, `SD` or `mg/dL`.
  public var effectScale: String?
  /// The p-value.
  public var pValue: Double?
  /// The p-value after calibration by negative controls.
  public var calibratedPValue: Double?
  /// A posterior probability.
  public var posterior: Double?
  /// People, or independent observations, in all.
  public var count: Int?
  /// People with the disease.
  public var cases: Int?
  /// People who carry a change.
  public var carriers: Int?
  /// The changes, by HGVS or as `chromosome-position-reference-alternate`.
  public var variants: [String]
  /// The drug, where a drug gave the reason.
  public var drug: String?
  /// What that drug does to the target.
  public var drugModulation: Modulation?

  enum CodingKeys: String, CodingKey {
    case method, statistic, beta
    case standardError = "se"
    case effectScale = "effect_scale"
    case pValue = "p"
    case calibratedPValue = "calibrated_p"
    case posterior
    case count = "n"
    case cases, carriers, variants, drug
    case drugModulation = "drug_modulation"
  }

  /// Describes an estimate.
  public init(
    method: String, statistic: String, beta: Double? = nil, standardError: Double? = nil,
    effectScale: String? = nil, pValue: Double? = nil, calibratedPValue: Double? = nil,
    posterior: Double? = nil, count: Int? = nil, cases: Int? = nil, carriers: Int? = nil,
    variants: [String] = [], drug: String? = nil, drugModulation: Modulation? = nil
  ) {
    self.method = method
    self.statistic = statistic
    self.beta = beta
    self.standardError = standardError
    self.effectScale = effectScale
    self.pValue = pValue
    self.calibratedPValue = calibratedPValue
    self.posterior = posterior
    self.count = count
    self.cases = cases
    self.carriers = carriers
    self.variants = variants
    self.drug = drug
    self.drugModulation = drugModulation
  }
}

/// What may be known of the people behind a reason.
public struct EvidenceProtection: Hashable, Codable, Sendable {
  /// The people's ancestry, or the stratum that was looked at.
  public var ancestry: String?
  /// Whether the numbers carry the weights of a survey's design.
  public var isDesignWeighted: Bool
  /// Whether no cell with fewer people than the minimum was released.
  public var isMinimumCellHeld: Bool
  /// The privacy budget spent on it.
  public var privacyLoss: Double?
  /// The snapshot of consents under which it was computed; `published` for literature.
  public var consentSnapshot: String?

  enum CodingKeys: String, CodingKey {
    case ancestry
    case isDesignWeighted = "design_weighted"
    case isMinimumCellHeld = "min_cell_ok"
    case privacyLoss = "dp_epsilon"
    case consentSnapshot = "consent_snapshot"
  }

  /// Describes the protection.
  public init(
    ancestry: String? = nil, isDesignWeighted: Bool = false, isMinimumCellHeld: Bool = true,
    privacyLoss: Double? = nil, consentSnapshot: String? = nil
  ) {
    self.ancestry = ancestry
    self.isDesignWeighted = isDesignWeighted
    self.isMinimumCellHeld = isMinimumCellHeld
    self.privacyLoss = privacyLoss
    self.consentSnapshot = consentSnapshot
  }
}

/// Whether the people and their records are real; it travels to every table of every report.
public enum EvidenceReality: Hashable, Sendable {
  /// Real people.
  case real
  /// Made by a simulation that follows published numbers.
  case simulated(seed: UInt64, citations: [String])
  /// Made up.
  case synthetic

  /// One word for tables.
  public var word: String {
    switch self {
    case .real: "real"
    case .simulated: "simulated"
    case .synthetic: "synthetic"
    }
  }
}
