/// Why the queue cannot be used, or a request is refused.
public enum JobStoreError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file is no queue, or its pages are damaged.
  case damaged(path: String, detail: String)
  /// A newer version has written it.
  case newer(path: String, version: String)
  /// A request names a job that does not exist.
  case unknownDependency(Int64)
  /// A request waits for one that does not stand before it in its call.
  case wrongOrder(place: Int)
  /// There is no such job.
  case unknownJob(Int64)
  /// A payload, kind or name is longer than allowed.
  case tooLong(field: String, limit: Int)
  /// The job cannot go from the one state to the other.
  case forbidden(job: Int64, from: JobState, to: JobState)
  /// The database refused: disk full, read-only, locked.
  case unavailable(String)

  /// A sentence for the user.
  public var description: String {
    switch self {
    case .damaged(let path, let detail):
      "\(path) is damaged (\(detail)); move it away and put the last backup in its place"
    case .newer(let path, let version):
      "\(path) was written by a newer version (\(version)); use that version"
    case .unknownDependency(let id): "depends on job \(id), which does not exist"
    case .wrongOrder(let place): "waits for request \(place), which does not stand before it"
    case .unknownJob(let id): "there is no job \(id)"
    case .tooLong(let field, let limit): "\(field) has more than \(limit) bytes"
    case .forbidden(let job, let from, let to):
      "job \(job) is \(from.rawValue) and cannot become \(to.rawValue)"
    case .unavailable(let detail): "the queue cannot be used: \(detail)"
    }
  }
}
