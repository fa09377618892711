/// What works on jobs of one kind.
///
/// A job may be begun again after its worker died, so working on it twice must do no harm: what it
/// makes stands under a name that follows from the payload, and what is there already is kept.
public protocol JobHandler: Sendable {
  /// The kind of jobs.
  var kind: String { get }

  /// Works on a job, and asks `control` now and then whether to stop.
  func run(_ job: JobLease, _ control: JobControl) -> JobOutcome
}
