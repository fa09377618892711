import Foundation
import Jobs
import Provenance

extension Dashboard {
  /// Whether the queue can be read, for whoever watches over the server.
  func health() throws -> Answer {
    struct Health: Encodable {
      let status: String
      let version: String
    }
    _ = try store.counts()
    return try .json(Health(status: "ok", version: CodeVersion.current))
  }

  /// The queue in numbers, in Prometheus' text format (version 0.0.4).
  func metrics() throws -> Answer {
    let counts = try store.counts()
    let oldest = try store.oldestReady()
    var lines = [
      "# HELP osong_jobs Jobs in the queue, by state.", "# TYPE osong_jobs gauge",
    ]
    for state in JobState.allCases {
      lines.append("osong_jobs{state=\"\(state.rawValue)\"} \(counts[state] ?? 0)")
    }
    lines += [
      "# HELP osong_oldest_ready_seconds How long the oldest job that could run has waited.",
      "# TYPE osong_oldest_ready_seconds gauge",
      "osong_oldest_ready_seconds \(oldest.map { max(0, now().timeIntervalSince($0)) } ?? 0)",
      "# HELP osong_build_info The version of the code.", "# TYPE osong_build_info gauge",
      "osong_build_info{version=\"\(CodeVersion.current)\"} 1",
    ]
    return Answer(
      type: "text/plain; version=0.0.4; charset=utf-8", .text(lines.joined(separator: "\n") + "\n"))
  }
}
