public import Foundation

/// A queue of jobs that survives its users.
///
/// What returns has happened: after `enqueue` or `finish` a power cut changes nothing. All instants
/// are given by the caller, so that tests own the clock. `JobStoreContract` in the tests says in full
/// what a store promises.
public protocol JobStore: Sendable {
  /// Adds jobs, all or none; returns their numbers. A request whose unique key is under way gets
  /// the number of the job that has it.
  func enqueue(_ requests: [JobRequest], at now: Date) throws(JobStoreError) -> [Int64]

  /// Takes at most `limit` jobs of the kinds that the worker can do: the highest priority first,
  /// then the user with the fewest running, then the oldest.
  func claim(
    _ limit: Int, of kinds: Set<String>, for worker: String, lease seconds: Double, at now: Date
  ) throws(JobStoreError) -> [JobLease]

  /// Says that a worker still lives, and how far it is.
  func renew(
    _ lease: JobLease, progress: Double?, lease seconds: Double, at now: Date
  ) throws(JobStoreError) -> LeaseReply

  /// Ends attempts, all in one step; false where the lease was lost, and nothing was changed.
  func finish(_ outcomes: [(JobLease, JobOutcome)], at now: Date) throws(JobStoreError) -> [Bool]

  /// Withdraws a job: at once if it does not run, else its worker is asked to stop. False if it had
  /// come to an end already.
  func cancel(_ job: Int64, at now: Date) throws(JobStoreError) -> Bool

  /// Makes a failed job ready again, with its attempts counted anew.
  func retry(_ job: Int64, at now: Date) throws(JobStoreError)

  /// Takes jobs from workers whose lease has ended, and gives up those past their deadline. Returns
  /// how many it took back.
  func rescue(at now: Date) throws(JobStoreError) -> Int

  /// Forgets jobs that ended before an instant and on which no waiting job depends.
  func prune(endedBefore instant: Date) throws(JobStoreError) -> Int

  /// One job.
  func job(_ id: Int64) throws(JobStoreError) -> Job
  /// Jobs, the newest first: at most `limit`, with numbers below `before`.
  func jobs(
    in state: JobState?, of user: String?, before: Int64?, limit: Int
  ) throws(JobStoreError) -> [Job]
  /// How many jobs are in each state; states without jobs are left out.
  func counts() throws(JobStoreError) -> [JobState: Int]
}
