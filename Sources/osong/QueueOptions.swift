import ArgumentParser
import Campaigns
import Foundation
import Jobs

/// Where the queue stands.
struct QueueOptions: ParsableArguments {
  @Option(help: "The file of the queue; OSONG_QUEUE, or .osong/queue.sqlite in this folder.")
  var queue: String?

  var url: URL {
    URL(
      filePath: queue ?? ProcessInfo.processInfo.environment["OSONG_QUEUE"]
        ?? ".osong/queue.sqlite")
  }

  /// Where the jobs' outputs are kept, beside the queue.
  var logs: CommandLogs {
    CommandLogs(in: url.absoluteURL.deletingLastPathComponent().appending(path: "logs"))
  }

  /// Opens the queue; who puts something in or takes work out makes it where there is none, and looks
  /// first whether it is sound.
  func open(makes: Bool = false) throws -> SQLiteJobStore {
    if makes {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    } else if !FileManager.default.fileExists(atPath: url.path) {
      throw QueueMissing(path: url.relativePath)
    }
    return try SQLiteJobStore(path: url.path, checks: makes)
  }
}

struct QueueMissing: Error, CustomStringConvertible {
  let path: String
  var description: String {
    "there is no queue at \(path): `osong submit` makes one, --queue names another"
  }
}

/// A job in a table or a sentence.
struct JobText {
  let job: Job

  var payload: CommandPayload? { CommandPayload(text: job.request.payload) }

  var title: String {
    payload?.title ?? job.request.kind
  }

  var command: String {
    (["osong"] + (payload?.words ?? [])).map { word in
      word.allSatisfy { $0.isLetter || $0.isNumber || "-_./:=,".contains($0) } ? word : "'\(word)'"
    }.joined(separator: " ")
  }

  static let header = [
    "job", "state", "progress", "attempt", "user", "created", "title", "outcome",
  ]

  var fields: [String] {
    [
      "\(job.id)", job.state.rawValue,
      job.state == .running ? "\(Int(job.progress * 100)) %" : "",
      job.attempt > 1 ? "\(job.attempt)" : "", job.request.user, job.created.formatted(.iso8601),
      title, String((job.outcome ?? "").prefix(60)),
    ]
  }

  /// Columns as wide as their widest field.
  static func table(_ rows: [[String]]) -> [String] {
    let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0
    }
    return rows.map { row in
      zip(row, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }
        .joined(separator: "  ").trimmingCharacters(in: .whitespaces)
    }
  }
}
