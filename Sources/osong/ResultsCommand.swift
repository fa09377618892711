import ArgumentParser
import Campaigns
import Foundation
import Jobs
import Records
import Screening

struct ResultsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "results", abstract: "What a job made: its files, and the head of its list.",
    discussion: """
      Exit code 3 where the job failed or was cancelled, 75 where it has not ended yet.

        osong results 12 --rows 20
      """)
  @Argument(help: "The job's number.") var number: Int64
  @Option(help: "Show so many rows of each table.") var rows = 5
  @OptionGroup var queue: QueueOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (0...10_000).contains(rows) else { throw ValidationError("--rows is 0 to 10000") }
  }

  func run() throws {
    let job = try queue.open().job(number)
    let text = JobText(job: job)
    guard job.state.isFinal else {
      Terminal.complain("job \(number), \(text.title), is \(job.state.rawValue): no result yet")
      throw ExitCode.interrupted
    }
    let results = text.payload.map(JobResults.init(of:)) ?? JobResults(files: [], missing: [])
    var lines = ["job \(number), \(text.title), \(job.state.rawValue)"]
    for file in results.files {
      lines.append("  \(file.relativePath)  \(JobResults.size(of: file))")
      lines += JobResults.head(of: file, rows: rows).map { "    \($0)" }
    }
    lines += results.missing.map { "  \($0) is not there any more" }
    if results.files.isEmpty, results.missing.isEmpty {
      lines.append("  its words name no file to write; what it said: osong job \(number)")
    }
    try common.summarise(
      lines,
      json: [
        "job": "\(number)", "state": job.state.rawValue,
        "files": results.files.map(\.path).joined(separator: "\n"),
      ])
    if job.state != .succeeded { throw ExitCode.badInput }
  }
}

/// The files that a queued verb was told to write, as they stand now.
struct JobResults {
  let files: [URL]
  let missing: [String]

  init(files: [URL], missing: [String]) {
    self.files = files
    self.missing = missing
  }

  /// Looks where the words of the command say that something is made.
  init(of payload: CommandPayload) {
    let folder = URL(filePath: payload.folder, directoryHint: .isDirectory)
    var (files, missing): ([URL], [String]) = ([], [])
    for place in PlannedCommand.outputs(of: payload.words) where place != "-" {
      let url = URL(filePath: place, relativeTo: folder)
      guard FileManager.default.fileExists(atPath: url.path) else {
        missing.append(place)
        continue
      }
      // Of what is no folder there are no contents.
      let names = try? FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
      files +=
        names?.map { URL(filePath: "\(place)/\($0)", relativeTo: folder) } ?? [url]
    }
    self.init(files: files, missing: missing)
  }

  /// The size of a file in bytes, or that it is a folder.
  static func size(of file: URL) -> String {
    let facts = try? FileManager.default.attributesOfItem(atPath: file.path)
    guard facts?[.type] as? FileAttributeType != .typeDirectory else { return "folder" }
    return ((facts?[.size] as? NSNumber)?.intValue).map { "\($0.grouped) bytes" } ?? ""
  }

  /// The first rows of a table of ours, in columns; nothing for other files.
  static func head(of file: URL, rows: Int) -> [String] {
    guard rows > 0, ["csv", "tsv"].contains(file.pathExtension),
      let table = try? TableReader(.file(file.path))
    else { return [] }
    var found = [table.header]
    while found.count <= rows, let next = try? table.next() {
      if case .row(let row) = next { found.append(row.fields) }
    }
    // A terminal shows the first columns; the file has all of them.
    return JobText.table(found.map { $0.prefix(8).map { String($0.prefix(40)) } })
  }
}
