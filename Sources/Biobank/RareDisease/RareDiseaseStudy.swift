public import Entities
internal import Provenance
internal import Statistics

/// From cases to evidence: genes in which unrelated people with one disease have causal changes.
public struct RareDiseaseStudy: Sendable {
  /// What was found, by disease and gene.
  public let genes: [RareDiseaseGene]
  private let inputs: [String: String]

  /// Looks at all cases.
  ///
  /// - Parameter seed: of the groups that are drawn for comparison.
  public init(_ source: any RareCaseSource, seed: UInt64 = 0) {
    inputs = source.digests.mapValues(\.hex)
    struct Key: Hashable, Comparable {
      let disease: String, gene: String
      static func < (one: Key, other: Key) -> Bool {
        (one.disease, one.gene) < (other.disease, other.gene)
      }
    }
    var groups: [Key: [Family]] = [:]
    var names: [String: String] = [:]
    var persons: [Key: Int] = [:]
    var known: [Key: [String: Int]] = [:]
    for person in source.cases {
      names[person.disease] = names[person.disease] ?? person.diseaseName
      for (gene, changes) in Dictionary(grouping: person.changes, by: \.gene) {
        let key = Key(disease: person.disease, gene: gene)
        persons[key, default: 0] += 1
        let family = Family(person, changes)
        if let place = known[key]?[family.identity] {
          groups[key]?[place].signs.formUnion(person.signs)
        } else {
          known[key, default: [:]][family.identity] = groups[key]?.count ?? 0
          groups[key, default: []].append(family)
        }
      }
    }
    let background = groups.sorted { $0.key < $1.key }.flatMap { $0.value.map(\.signs) }
      .filter { !$0.isEmpty }
    genes = groups.sorted { $0.key < $1.key }.enumerated().map { number, group in
      let (key, families) = group
      return RareDiseaseGene(
        gene: key.gene, disease: key.disease, diseaseName: names[key.disease] ?? "",
        cases: persons[key] ?? 0, families: families, background: background,
        seed: SplitMix64.seed(seed, piece: number))
    }
  }

  /// One record for each gene of each disease, and one for each publication that showed a mechanism.
  ///
  /// Of people who were not published, a change is named only where as many families have it as a
  /// gene needs to be told at all: a rare change is a person.
  ///
  /// - Parameters:
  ///   - consent: the snapshot of consents, `published` for people of published cases.
  ///   - platform: where the people are.
  public func evidence(
    mechanisms: [MechanismAssertion], platform: EvidenceRecord.Platform, consent: String,
    minimumFamilies: Int = 2
  ) -> [EvidenceRecord] {
    genes.filter { $0.families >= minimumFamilies }.flatMap { gene in
      let shown = mechanisms.filter { $0.gene == gene.gene && $0.disease == gene.disease }
      let fewest = platform == .literature ? 1 : minimumFamilies
      return [record(gene, shown, platform, consent, inputs, fewest)]
        + shown.map { record(gene, $0, inputs) }
    }
  }

  private func record(
    _ gene: RareDiseaseGene, _ shown: [MechanismAssertion], _ platform: EvidenceRecord.Platform,
    _ consent: String, _ inputs: [String: String], _ fewest: Int
  ) -> EvidenceRecord {
    let told = gene.changes.filter { $0.families >= fewest }.map(\.name)
    let recurrent = gene.recurrent.filter(Set(told).contains)
    let directions = Set(shown.map(\.direction))
    var remarks = [
      "\(gene.families) unrelated families (\(gene.cases) people), mode: \(gene.mode.rawValue)"
    ]
    var direction = gene.mode.direction
    if direction == .unknown, directions.count == 1, let only = directions.first {
      direction = only
    } else if direction != .unknown, directions.contains(where: { $0 != direction }) {
      remarks.append("experiments contradict what the kinds of change say")
      direction = .unknown
    }
    if directions.count > 1 {
      remarks.append("publications disagree on what the changes do to \(gene.gene)")
    }
    if !recurrent.isEmpty {
      remarks.append(
        "\(recurrent.count) changes came back in other publications: "
          + recurrent.prefix(3).joined(separator: ", "))
    }
    let source = EvidenceSource(
      platform: platform, datasource: "rare_disease_cases", datatype: "genetic_association",
      citations: gene.publications)
    return EvidenceRecord(
      source: source, target: EvidenceTarget(symbol: gene.gene),
      disease: EvidenceDisease(id: gene.disease, name: gene.diseaseName),
      statistic: EvidenceStatistic(
        method: "unrelated families with causal changes",
        statistic: "likeness of the families' signs", pValue: gene.coherence?.pValue,
        count: gene.families, cases: gene.cases, carriers: gene.cases,
        variants: Array(told.prefix(20))),
      directionOnTarget: direction, directionOnTrait: .risk,
      score: gene.points(hasFunction: !shown.isEmpty) / 12,
      scoreRule: "points of ClinGen's framework / 12",
      protection: EvidenceProtection(consentSnapshot: consent), reality: .real,
      remarks: remarks, inputs: inputs, codeVersion: CodeVersion.current)
  }

  private func record(
    _ gene: RareDiseaseGene, _ shown: MechanismAssertion, _ inputs: [String: String]
  ) -> EvidenceRecord {
    EvidenceRecord(
      source: EvidenceSource(
        platform: .literature, datasource: "mechanism_literature",
        datatype: "genetic_association", citations: [shown.citation]),
      target: EvidenceTarget(symbol: gene.gene),
      disease: EvidenceDisease(id: gene.disease, name: gene.diseaseName),
      statistic: EvidenceStatistic(
        method: shown.experiment, statistic: "direction of the function"),
      directionOnTarget: shown.direction, directionOnTrait: .risk, score: 0.5,
      scoreRule: "0.5 for each publication that showed the function",
      protection: EvidenceProtection(consentSnapshot: "published"), reality: .real,
      inputs: inputs, codeVersion: CodeVersion.current)
  }
}

/// People of one publication with the same changes: they may be kin.
struct Family {
  let publication: String
  let changes: [RareCase.Change]
  var signs: Set<String>

  init(_ person: RareCase, _ changes: [RareCase.Change]) {
    publication = person.publication
    self.changes = changes.sorted { $0.name < $1.name }
    signs = person.signs
  }

  var identity: String {
    ([publication] + changes.map { "\($0.name)/\($0.isHomozygous)" }).joined(separator: " ")
  }

  /// The most damaging class among the changes; nil where no name can be read.
  var worst: VariantClass? {
    let classes = changes.compactMap(\.variantClass)
    return VariantClass.allCases.first(where: classes.contains)
  }

  var isBiallelic: Bool {
    changes.contains(where: \.isHomozygous) || Set(changes.map(\.name)).count > 1
  }
}

extension RareDiseaseGene {
  init(
    gene: String, disease: String, diseaseName: String, cases: Int, families: [Family],
    background: [Set<String>], seed: UInt64
  ) {
    self.gene = gene
    self.disease = disease
    self.diseaseName = diseaseName
    self.cases = cases
    self.families = families.count
    classes = Dictionary(grouping: families.compactMap(\.worst)) { $0 }.mapValues(\.count)
    biallelicFamilies = families.filter(\.isBiallelic).count
    var byChange: [String: Set<String>] = [:]
    var counts: [String: Int] = [:]
    for family in families {
      for name in Set(family.changes.map(\.name)) {
        byChange[name, default: []].insert(family.publication)
        counts[name, default: 0] += 1
      }
    }
    recurrent = byChange.filter { $0.value.count > 1 }.keys
      .sorted { (counts[$1] ?? 0, $0) < (counts[$0] ?? 0, $1) }
    changes = counts.map { (name: $0.key, families: $0.value) }
      .sorted { ($1.families, $0.name) < ($0.families, $1.name) }
    publications = Set(families.map(\.publication)).filter { !$0.isEmpty }.sorted()
    coherence = PhenotypeCoherence(families.map(\.signs), background: background, seed: seed)
  }
}
