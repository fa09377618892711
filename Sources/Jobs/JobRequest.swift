public import Foundation

/// A job as it is asked for.
public struct JobRequest: Hashable, Codable, Sendable {
  /// The most bytes of a payload; larger things belong in files that it names.
  public static let payloadLimit = 64 << 10

  /// Which handler works on it.
  public var kind: String
  /// What the handler needs to know, in a form that it chooses.
  public var payload: String
  /// For whom; running jobs are shared out fairly among users.
  public var user: String
  /// Higher ones first, whoever asks.
  public var priority: Int
  /// Not before this instant.
  public var start: Date?
  /// Given up if not begun by this instant.
  public var deadline: Date?
  /// Of the jobs with this key at most one is under way; another request for it returns that one.
  public var uniqueKey: String?
  /// The jobs that must have succeeded first.
  public var dependencies: [Int64]
  /// The same, of jobs that are asked for in the same call: their places, each before this one's own.
  public var batchDependencies: [Int]
  /// How failures are repeated.
  public var retry: RetryPolicy

  /// A request; what is not given has the usual value.
  public init(
    kind: String, payload: String = "", user: String = "", priority: Int = 0, start: Date? = nil,
    deadline: Date? = nil, uniqueKey: String? = nil, dependencies: [Int64] = [],
    batchDependencies: [Int] = [], retry: RetryPolicy = RetryPolicy()
  ) {
    self.kind = kind
    self.payload = payload
    self.user = user
    self.priority = priority
    self.start = start
    self.deadline = deadline
    self.uniqueKey = uniqueKey
    self.dependencies = dependencies
    self.batchDependencies = batchDependencies
    self.retry = retry
  }
}
