import ArgumentParser
import Campaigns
import Foundation
import Jobs

struct SubmitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit", abstract: "Queue a plan: verbs that a worker runs, in their order.",
    discussion: """
      A plan is a YAML file:

        name: thrombin
        steps:
          - name: train
            run: [train, CHEMBL204_Ki.csv, -o, thrombin.model]
          - name: screen
            after: [train]
            run: screen moses.olib --model thrombin.model -o result

      Other keys: user, priority, start, deadline, attempts, and after, which may name queued jobs by \
      number. All that can be known is checked now: \
      unknown keys and verbs, wrong options, missing files, steps in a circle. Prints the numbers \
      of the jobs; `osong worker` works on them.
      """)
  @Argument(help: "The plan.") var plan: String
  @Flag(help: "Do not queue a step anew that is under way from an earlier time.") var once = false
  @OptionGroup var queue: QueueOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let folder = URL(filePath: FileManager.default.currentDirectoryPath)
    let plan = try PlannedCommand.plan(at: plan)
    let jobs = try plan.submit(
      to: try queue.open(makes: true), folder: folder, once: once, at: Date())
    try common.summarise(
      jobs.map { "job \($0.job): \($0.step)" }
        + [
          "`osong job \(jobs.last?.job ?? 0) --follow` shows how it goes; `osong worker` does the work"
        ],
      json: ["plan": plan.name, "jobs": jobs.map { "\($0.job)" }.joined(separator: ",")])
  }
}

/// What can be known of a command line before it runs.
enum PlannedCommand {
  /// Verbs that make no sense in a queue.
  private static let unqueued: Set<String> = [
    "submit", "worker", "jobs", "job", "results", "cancel", "schedule", "backup", "help",
  ]

  /// The plan in a file, with all that can be known checked.
  static func plan(at path: String) throws -> QueuePlan {
    let url = URL(filePath: path)
    let text = try String(contentsOf: url, encoding: .utf8)
    var made = Set<String>()
    return try QueuePlan(
      yaml: text, name: url.deletingPathExtension().lastPathComponent, user: NSUserName()
    ) { words in
      defer { made.formUnion(outputs(of: words)) }
      return fault(of: words, made: made)
    }
  }

  /// What is wrong with the words; nil for nothing.
  static func fault(of words: [String], made: Set<String>) -> String? {
    guard let verb = words.first else { return "no verb" }
    if unqueued.contains(verb) { return "`\(verb)` is not for a queue" }
    do { _ = try Osong.parseAsRoot(words) } catch {
      let message = Osong.message(for: error)
      return message.split(whereSeparator: \.isNewline).first.map(String.init) ?? "wrong usage"
    }
    let missing = inputs(of: words).filter {
      !made.contains($0) && !FileManager.default.fileExists(atPath: $0)
    }
    return missing.isEmpty ? nil : "there is no file \(missing.joined(separator: ", "))"
  }

  private static let endings = [
    ".csv", ".tsv", ".smi", ".sdf", ".fps", ".fpb", ".gz", ".olib", ".model", ".yaml", ".evidence",
  ]

  /// Words that name files to read: those with an ending of ours that no output option precedes.
  static func inputs(of words: [String]) -> [String] {
    words.enumerated().dropFirst().compactMap { place, word in
      let isOutput = outputOptions(of: words).contains(words[place - 1])
      // What is built stands right behind `library build`.
      let isBuilt = place == 2 && words.prefix(2) == ["library", "build"]
      return !isOutput && !isBuilt && !word.hasPrefix("-")
        && endings.contains(where: word.hasSuffix) ? word : nil
    }
  }

  private static func outputOptions(of words: [String]) -> Set<String> {
    // A cohort's evidence is written, a ranking's is read.
    let always: Set<String> = ["-o", "--output", "--into", "--report"]
    return words.first == "cohort" ? always.union(["--evidence"]) : always
  }

  /// What the words make.
  static func outputs(of words: [String]) -> [String] {
    var found = words.enumerated().dropFirst().compactMap { place, word in
      outputOptions(of: words).contains(words[place - 1]) ? word : nil
    }
    if words.prefix(2) == ["library", "build"], words.count > 2 { found.append(words[2]) }
    return found
  }
}
