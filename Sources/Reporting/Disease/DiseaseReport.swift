public import Entities
public import Screening
public import TargetEvidence

/// What a run from a disease to a shortlist shows: a plain value that the caller fills.
public struct DiseaseReport: Sendable {
  /// What became of a target.
  public struct Target: Sendable {
    /// The target with its evidence.
    public var target: RankedTarget
    /// The screen for it; nil where there was none.
    public var screen: Screen?
    /// Why there was none; empty where there was one.
    public var passed: String

    /// Describes a target.
    public init(target: RankedTarget, screen: Screen?, passed: String = "") {
      self.target = target
      self.screen = screen
      self.passed = passed
    }
  }

  /// A screen for a target.
  public struct Screen: Sendable {
    /// The endpoint's name, such as `pIC50`.
    public var endpoint: String
    /// The page of the screen, from the report's folder.
    public var page: String
    /// The model in words, and how it did beside its baselines.
    public var model: [Fact]
    /// From which value a compound counts as active.
    public var activeFrom: Double
    /// How many compounds taught how likely an active is; 0 where the model was taken at its word.
    public var curveFittedTo: Int
    /// How many compounds were chosen for it, and how many of them will be active.
    public var chosen: Int, actives: ActiveCount

    /// Describes a screen.
    public init(
      endpoint: String, page: String, model: [Fact], activeFrom: Double, curveFittedTo: Int,
      chosen: Int, actives: ActiveCount
    ) {
      self.endpoint = endpoint
      self.page = page
      self.model = model
      self.activeFrom = activeFrom
      self.curveFittedTo = curveFittedTo
      self.chosen = chosen
      self.actives = actives
    }
  }

  /// What a compound is for a target.
  public struct Role: Sendable {
    /// The target's symbol, and its endpoint.
    public var symbol: String, endpoint: String
    /// The hit.
    public var hit: Hit
    /// How likely it is to be active.
    public var chance: Double

    /// Describes a role.
    public init(symbol: String, endpoint: String, hit: Hit, chance: Double) {
      self.symbol = symbol
      self.endpoint = endpoint
      self.hit = hit
      self.chance = chance
    }
  }

  /// A compound of the shortlist.
  public struct Entry: Sendable {
    /// Its place.
    public var place: Int
    /// Its identifier and structure.
    public var id: String, smiles: String
    /// What it is for each target, the likeliest first.
    public var roles: [Role]
    /// What else is known: other predictions, patents.
    public var facts: [Fact]

    /// Describes a compound.
    public init(place: Int, id: String, smiles: String, roles: [Role], facts: [Fact] = []) {
      self.place = place
      self.id = id
      self.smiles = smiles
      self.roles = roles
      self.facts = facts
    }

    /// The name of its page.
    public var page: String {
      let safe = id.prefix(60).map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
      let digits = String(place)
      return String(repeating: "0", count: max(0, 4 - digits.count))
        + "\(digits)-\(String(safe)).html"
    }
  }

  /// The disease.
  public var disease: EvidenceDisease
  /// What a drug should do; nil for whatever the evidence asks of each target.
  public var wanted: Modulation?
  /// How many compounds the library has.
  public var screened: Int
  /// The targets, in their order.
  public var targets: [Target]
  /// The shortlist.
  public var entries: [Entry]
  /// How many pairs of compound and target will be active.
  public var actives: ActiveCount
  /// What the same number of compounds taken by value alone would bring.
  public var greedyExpected: Double
  /// What the compounds cost, in the reader's own money; nil where no price was given.
  public var cost: Double?
  /// The structures as RDKit's SVG text, by compound.
  public var drawings: [String: String]
  /// Names and digests of what was read, and how to repeat it.
  public var provenance: [(name: String, value: String)]

  /// Describes a report.
  public init(
    disease: EvidenceDisease, wanted: Modulation?, screened: Int, targets: [Target],
    entries: [Entry], actives: ActiveCount, greedyExpected: Double, cost: Double?,
    drawings: [String: String], provenance: [(name: String, value: String)]
  ) {
    self.disease = disease
    self.wanted = wanted
    self.screened = screened
    self.targets = targets
    self.entries = entries
    self.actives = actives
    self.greedyExpected = greedyExpected
    self.cost = cost
    self.drawings = drawings
    self.provenance = provenance
  }

  /// The header of the shortlist's table.
  public static let columns = [
    "place", "id", "smiles", "target", "endpoint", "predicted", "lo", "hi", "chance", "nn_id",
    "nn_sim", "in_domain", "scaffold", "alerts", "other_targets", "facts",
  ]

  /// The shortlist as a table, one row a compound.
  public var rows: [[String]] {
    entries.compactMap { entry in
      guard let role = entry.roles.first else { return nil }
      let hit = role.hit
      func number(_ value: Double) -> String { NumberText.plain(value, decimals: 4) }
      return [
        "\(entry.place)", entry.id, entry.smiles, role.symbol, role.endpoint,
        number(hit.prediction.value), number(hit.prediction.lower), number(hit.prediction.upper),
        number(role.chance), hit.nearest.id, number(hit.nearest.similarity),
        hit.inDomain ? "true" : "false", hit.scaffold, HitTable.alerts(hit),
        entry.roles.dropFirst().map { "\($0.symbol) \(number($0.chance))" }.joined(separator: "; "),
        entry.facts.map { "\($0.name)\($0.name.hasSuffix(":") ? "" : ":") \($0.value)" }
          .joined(separator: "; "),
      ]
    }
  }

  /// The report as one HTML page; every text of it is escaped.
  public func html() -> String { DiseasePage(report: self).markup().html }

  /// The dossier of a compound as one HTML page.
  public func dossier(of entry: Entry) -> String {
    DossierPage(report: self, entry: entry).markup().html
  }
}
