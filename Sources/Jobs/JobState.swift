/// Where a job stands.
///
/// ```
///            +-----------------------------------+
///            v                                   | try again later
/// blocked -> scheduled -> ready -> running --+---+
///    |           |          |         |      |
///    |           |          |         |      +-> succeeded
///    +-----------+----------+---------+-> failed -> ready, blocked (asked for by hand)
///    +-----------+----------+---------+-> cancelled
/// ```
public enum JobState: String, CaseIterable, Codable, Sendable {
  /// Waits for jobs it depends on.
  case blocked
  /// Waits for an instant: its beginning, or the end of the pause after a failure.
  case scheduled
  /// May be claimed.
  case ready
  /// A worker holds a lease on it.
  case running
  /// Done; its result stands.
  case succeeded
  /// Given up, with the reason kept: a dead letter.
  case failed
  /// Withdrawn.
  case cancelled

  /// The states that may follow this one.
  public var successors: Set<JobState> {
    switch self {
    case .blocked: [.scheduled, .ready, .failed, .cancelled]
    case .scheduled: [.ready, .failed, .cancelled]
    case .ready: [.running, .failed, .cancelled]
    // Back to ready: a worker that stops in an orderly way gives its jobs back.
    case .running: [.succeeded, .failed, .cancelled, .scheduled, .ready]
    case .failed: [.ready, .blocked]
    case .succeeded, .cancelled: []
    }
  }

  /// Whether no worker will touch the job again by itself.
  public var isFinal: Bool { self == .succeeded || self == .failed || self == .cancelled }
}
