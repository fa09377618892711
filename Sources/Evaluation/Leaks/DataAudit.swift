public import Fingerprints
public import Parallelism

/// A row of a data set that is looked at for what could make a comparison on it misleading.
public struct AuditedRow: Hashable, Sendable {
  /// The identifier.
  public let id: String
  /// What makes two rows the same molecule, such as the canonical SMILES of the standard form.
  public let identity: String
  /// What they share who differ by stereochemistry alone.
  public let skeleton: String
  /// Murcko's scaffold; empty without rings.
  public let scaffold: String
  /// What was measured.
  public let value: Double
  /// Whether the row is tested on, or else learnt from.
  public let isTest: Bool
  /// The row's place in its file.
  public let place: Int

  /// Describes a row.
  public init(
    id: String, identity: String, skeleton: String, scaffold: String, value: Double, isTest: Bool,
    place: Int
  ) {
    self.id = id
    self.identity = identity
    self.skeleton = skeleton
    self.scaffold = scaffold
    self.value = value
    self.isTest = isTest
    self.place = place
  }
}

/// What an audit of a data set found.
///
/// Each suspicion is held against what the same data give by chance: by random splits of the same
/// rows, or by the statistic's own spread. So a clean random split raises no alarm, however many
/// analogues a series has.
public struct DataAudit: Codable, Hashable, Sendable {
  /// How bad a finding is.
  public enum Severity: String, Codable, Hashable, Sendable, Comparable {
    /// Good to know.
    case note
    /// A comparison on it needs care.
    case warning
    /// A comparison on it misleads.
    case fault

    /// A note is less than a warning, a warning less than a fault.
    public static func < (one: Severity, other: Severity) -> Bool { one.rank < other.rank }
    private var rank: Int { self == .note ? 0 : self == .warning ? 1 : 2 }
  }

  /// What kind of thing was found.
  public enum Kind: String, Codable, Hashable, Sendable {
    /// The same molecule in both parts.
    case duplicate
    /// The same identifier in both parts.
    case sharedIdentifier = "shared-identifier"
    /// The same molecule but for stereochemistry, or nearly the same, in both parts.
    case nearDuplicate = "near-duplicate"
    /// The same molecule with labels that contradict each other.
    case contradiction
    /// The identifiers or the order of the rows give the label away.
    case giveaway
    /// The labels have nothing to do with the structures.
    case randomLabels = "random-labels"
    /// How far the parts are from each other.
    case shift
    /// How well resemblance alone does.
    case resemblance
  }

  /// One thing that was found.
  public struct Finding: Codable, Hashable, Sendable {
    /// What kind of thing.
    public let kind: Kind
    /// How bad it is.
    public let severity: Severity
    /// What it is, in words.
    public let sentence: String
  }

  /// Two rows of a finding.
  public struct Pair: Codable, Hashable, Sendable {
    /// The kind of the finding.
    public let kind: Kind
    /// The number of a row.
    public let row: Int
    /// Its identifier.
    public let id: String
    /// The number of the other row.
    public let otherRow: Int
    /// Its identifier.
    public let otherID: String
    /// Their similarity, 1 for the same molecule.
    public let similarity: Double
  }

  /// What was found, the worst first.
  public private(set) var findings: [Finding] = []
  /// Every pair of rows behind the findings.
  public private(set) var pairs: [Pair] = []
  /// What was measured, by name.
  public private(set) var numbers: [String: Double] = [:]

  /// Looks at everything.
  ///
  /// - Parameters:
  ///   - fingerprints: one for each row, all of one width.
  ///   - threshold: from which Tanimoto similarity on two molecules are nearly the same.
  /// - Complexity: O(rows²)
  public init(
    _ rows: [AuditedRow], fingerprints: [Fingerprint], threshold: Double = 0.9, seed: UInt64 = 0,
    pool: WorkerPool = WorkerPool(threads: 1)
  ) {
    precondition(rows.count == fingerprints.count, "a fingerprint for each row")
    numbers["train rows"] = Double(rows.count { !$0.isTest })
    numbers["test rows"] = Double(rows.count(where: \.isTest))
    let twins = TwinSearch(rows, fingerprints, threshold: threshold, seed: seed, pool)
    add(twins.findings, twins.pairs, twins.numbers)
    let giveaways = GiveawaySearch(rows)
    add(giveaways.findings, [], giveaways.numbers)
    let resemblance = ResemblanceSearch(rows, fingerprints, seed: seed, pool)
    add(resemblance.findings, [], resemblance.numbers)
    findings.sort { ($1.severity, $0.kind.rawValue) < ($0.severity, $1.kind.rawValue) }
  }

  private mutating func add(
    _ findings: [Finding], _ pairs: [Pair], _ numbers: [String: Double]
  ) {
    self.findings += findings
    self.pairs += pairs
    self.numbers.merge(numbers) { $1 }
  }

  /// The worst that was found; nil where nothing was.
  public var worst: Severity? { findings.map(\.severity).max() }

  /// The verdict in words.
  public var verdict: String {
    let faults = findings.count { $0.severity == .fault }
    let warnings = findings.count { $0.severity == .warning }
    if faults > 0 {
      return
        "Do not compare models on this split: \(faults == 1 ? "one thing" : "\(faults) things")"
        + " would reward remembering over learning."
    }
    if warnings > 0 {
      return "Usable with care: \(warnings == 1 ? "one thing needs" : "\(warnings) things need")"
        + " a look before a difference on it is believed."
    }
    return "Nothing was found that would make a comparison on this split misleading."
  }
}
