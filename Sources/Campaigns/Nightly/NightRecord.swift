public import Provenance
public import Screening

/// What a night found and from what: the content of `night.json`.
///
/// Records are a chain: each holds the digest of the one before, and the digests of everything that
/// it stands on. Which scores it used it names by their keys; the numbers stand in the score store.
public struct NightRecord: Codable, Hashable, Sendable {
  /// One list of hits.
  public struct Screen: Codable, Hashable, Sendable {
    /// Its name in the plan.
    public var name: String
    /// The target's name.
    public var target: String
    /// The library as it was.
    public var library: Artifact
    /// The model as it was.
    public var model: Artifact
    /// The task that ranked.
    public var task: String
    /// Filters, ranking and how many were named.
    public var rules: ScreeningPlan
    /// The scores, in the order of the library's rows.
    public var shards: [ShardReference]
    /// Rows whose scores no night before had.
    public var newRows: Int
    /// Rows whose scores a night before had.
    public var knownRows: Int
    /// What the evidence says of the target; nil where the plan does not ask.
    public var evidence: TargetVerdict?
    /// How many compounds counted.
    public var screened: Int
    /// The compounds named, best first.
    public var hits: [RankedList.Entry]
    /// The digest of the result's `run.json`, which holds those of its files.
    public var result: Digest
  }

  /// A piece of the score store.
  public struct ShardReference: Codable, Hashable, Sendable {
    /// Its key.
    public var key: Digest
    /// Its rows.
    public var rows: Int
    /// How many of them counted; of none nothing is stored.
    public var live: Int
  }

  /// Counted from 1.
  public var number: Int
  /// The day on which it ended, such as `2026-11-25`.
  public var day: String
  /// The plan's name.
  public var plan: String
  /// The code that ran.
  public var codeVersion: String
  /// The digest of the record before; nil for the first.
  public var previous: Digest?
  /// The lists, in the order of the plan.
  public var screens: [Screen]

  /// The record's name in a night's folder.
  public static let fileName = "night.json"
}
