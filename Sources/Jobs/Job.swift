public import Foundation

/// A job as it stands in the queue.
public struct Job: Hashable, Sendable, Identifiable {
  /// Its number; later ones are higher.
  public let id: Int64
  /// What was asked for; the dependencies are left out.
  public let request: JobRequest
  /// Where it stands.
  public let state: JobState
  /// How often it was begun.
  public let attempt: Int
  /// How often its worker died.
  public let losses: Int
  /// When it was asked for.
  public let created: Date
  /// When it was begun the last time.
  public let begun: Date?
  /// When it came to an end.
  public let finished: Date?
  /// Who holds it, while it runs.
  public let worker: String?
  /// Until when, unless the worker says that it still lives.
  public let leaseEnd: Date?
  /// Whether its worker was asked to stop.
  public let isCancelRequested: Bool
  /// How far it is, 0 to 1, as its worker said.
  public let progress: Double
  /// What came of it: the handler's result, or why it failed.
  public let outcome: String?
}

/// The right to work on a job, until its lease ends.
///
/// Its number is a fence: a worker that was thought dead and comes back finds that its lease is not
/// the job's any more (Kleppmann, How to do distributed locking, 2016).
public struct JobLease: Hashable, Sendable {
  /// The job as it was claimed.
  public let job: Job
  /// Who claimed it.
  public let worker: String

  /// The how-manieth lease on the job this is.
  public let fence: Int

  /// The job's number.
  public var id: Int64 { job.id }
}

/// What a worker has to say at the end of an attempt.
public enum JobOutcome: Hashable, Sendable {
  /// Done, with a short result or the place of a long one.
  case success(String)
  /// Not done; tried again if the policy allows it.
  case failure(String)
  /// Not done, and trying again cannot help.
  case rejection(String)
  /// Stopped because it was asked to.
  case cancelled
  /// Given back untouched, to be done by another; does not count as an attempt.
  case released
}

/// What a worker hears when it says that it lives.
public enum LeaseReply: Hashable, Sendable {
  /// Go on.
  case renewed
  /// Somebody wants the job stopped.
  case cancelRequested
  /// The job is not this worker's any more: what it does is in vain.
  case lost
}
