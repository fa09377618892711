import Foundation
import Jobs
import Testing

/// The stores that must keep the contract.
enum StoreUnderTest: CaseIterable, CustomTestStringConvertible {
  case memory, file

  var testDescription: String { self == .memory ? "in memory" : "in a file" }

  /// Gives a new, empty store to a test.
  func use(_ body: (any JobStore) throws -> Void) throws {
    switch self {
    case .memory: try body(SQLiteJobStore())
    case .file: try withScratchFile { path in try body(SQLiteJobStore(path: path)) }
    }
  }
}

/// A place for a queue, removed afterwards.
func withScratchFile(_ body: (String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appending(path: "osong-jobs-\(UUID())")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder.appending(path: "jobs.sqlite").path)
}

/// The instant `seconds` after the beginning of a test.
func at(_ seconds: Double) -> Date { Date(timeIntervalSince1970: 1_800_000_000 + seconds) }

extension JobStore {
  /// Adds one job.
  func add(_ request: JobRequest, at now: Date = at(0)) throws -> Int64 {
    try #require(try enqueue([request], at: now).first)
  }

  /// Claims one job.
  func take(_ worker: String = "w", lease: Double = 60, at now: Date = at(0)) throws -> JobLease? {
    try claim(1, of: ["k"], for: worker, lease: lease, at: now).first
  }
}

/// A request of the kind that `take` takes.
func request(
  _ payload: String = "", user: String = "u", priority: Int = 0, start: Date? = nil,
  deadline: Date? = nil, key: String? = nil, needs: [Int64] = [],
  retry: RetryPolicy = RetryPolicy(attempts: 2, pause: 10)
) -> JobRequest {
  JobRequest(
    kind: "k", payload: payload, user: user, priority: priority, start: start, deadline: deadline,
    uniqueKey: key, dependencies: needs, retry: retry)
}
