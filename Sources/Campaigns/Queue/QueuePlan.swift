public import Foundation
public import Jobs
import Yams

/// What is submitted: one verb of the command line, or several that wait for one another.
///
/// ```yaml
/// version: 1
/// name: thrombin
/// user: kim            # fair share is between users
/// priority: 0          # higher ones first
/// steps:
///   - name: train
///     run: [train, CHEMBL204_Ki.csv, -o, thrombin.model]
///   - name: screen
///     after: [train]
///     run: screen moses.olib --model thrombin.model -o result
/// ```
///
/// A plan of one step may have `run:` itself. What is waited for is a step, or the number of a job
/// that is queued already. All that can be known is checked before anything is queued.
public struct QueuePlan: Hashable, Sendable {
  /// A verb with its arguments.
  public struct Step: Hashable, Sendable {
    /// Its name, unique in the plan.
    public var name: String
    /// The words of the command line behind `osong`.
    public var run: [String]
    /// The steps, or the numbers of other plans' jobs, that must have succeeded first.
    public var after: [String]
  }

  /// The version of plans that is read.
  public static let version = 1
  /// The most steps of a plan.
  public static let mostSteps = 10_000

  /// The plan's name.
  public var name: String
  /// For whom.
  public var user: String
  /// Higher ones first.
  public var priority: Int
  /// Given up if not begun by then.
  public var deadline: Date?
  /// Not before this instant.
  public var start: Date?
  /// How often a step is tried.
  public var attempts: Int
  /// The steps, each behind those that it waits for.
  public var steps: [Step]

  /// Everything that is wrong with a plan.
  public struct Faults: Error, Hashable, Sendable, CustomStringConvertible {
    /// One sentence each.
    public let sentences: [String]
    /// One line each.
    public var description: String { sentences.joined(separator: "\n") }
  }

  /// Reads a plan.
  ///
  /// - Parameters:
  ///   - user: for whom, where the plan does not say.
  ///   - check: what is wrong with the words of a command line; nil for nothing.
  public init(
    yaml text: String, name fallback: String, user: String, check: ([String]) -> String?
  ) throws(Faults) {
    guard text.utf8.count <= 1 << 20 else { throw Faults(sentences: ["a plan is at most 1 MiB"]) }
    let loaded: Any?
    do { loaded = try Yams.load(yaml: text) } catch {
      throw Faults(sentences: ["this is no YAML: \(error)"])
    }
    guard let whole = loaded as? [String: Any] else {
      throw Faults(sentences: ["a plan is a table of keys, with `run` or `steps`"])
    }
    var reader = PlanReader()
    reader.allow(
      whole,
      [
        "version", "name", "user", "priority", "deadline", "start", "attempts", "after", "steps",
        "run",
      ],
      of: "the plan")
    let version = reader.number(whole, "version") ?? Self.version
    if version > Self.version {
      throw Faults(sentences: [
        "the plan is of version \(version), this program reads version \(Self.version)"
      ])
    }
    name = reader.text(whole, "name") ?? fallback
    self.user = reader.text(whole, "user") ?? user
    priority = reader.number(whole, "priority") ?? 0
    deadline = reader.instant(whole, "deadline")
    start = reader.instant(whole, "start")
    attempts = reader.number(whole, "attempts") ?? 3
    var steps: [Step] = []
    let first = whole["after"] == nil ? [] : reader.words(whole, "after", of: "the plan")
    switch (whole["run"], whole["steps"]) {
    case (_?, nil):
      steps = [Step(name: name, run: reader.words(whole, "run", of: "the plan"), after: first)]
    case (nil, let list as [Any]):
      for (place, item) in list.enumerated() {
        guard let step = item as? [String: Any] else {
          reader.faults.append("step \(place + 1) is no table of keys")
          continue
        }
        let name = reader.text(step, "name") ?? "step \(place + 1)"
        reader.allow(step, ["name", "run", "after"], of: name)
        steps.append(
          Step(
            name: name, run: reader.words(step, "run", of: name),
            after: step["after"] == nil ? first : reader.words(step, "after", of: name)))
      }
    default: reader.faults.append("a plan has either `run` or a list of `steps`")
    }
    if steps.isEmpty, reader.faults.isEmpty { reader.faults.append("the plan has no step") }
    if steps.count > Self.mostSteps {
      reader.faults.append("the plan has \(steps.count) steps, the limit is \(Self.mostSteps)")
    }
    if attempts < 1 { reader.faults.append("attempts is at least 1, not \(attempts)") }
    let ordered = Self.ordered(steps, &reader.faults)
    // In the order in which they run: what a step makes is there for the next. Where there is no such
    // order, all of them are looked at all the same.
    for step in ordered.isEmpty ? steps : ordered where !step.run.isEmpty {
      if let fault = check(step.run) { reader.faults.append("\(step.name): \(fault)") }
    }
    guard reader.faults.isEmpty else { throw Faults(sentences: reader.faults) }
    self.steps = ordered
  }

  /// The steps, each behind those that it waits for, in the order of the plan where that is free.
  private static func ordered(_ steps: [Step], _ faults: inout [String]) -> [Step] {
    var known = Set<String>()
    for step in steps where !known.insert(step.name).inserted {
      faults.append("two steps are called \(step.name)")
    }
    for step in steps {
      for name in step.after where !known.contains(name) && Int64(name) == nil {
        faults.append("\(step.name) waits for \(name)\(Suggestion.among(known, for: name))")
      }
    }
    guard faults.isEmpty else { return [] }
    var result: [Step] = []
    var placed = Set<String>()
    var rest = steps
    while !rest.isEmpty {
      guard
        let next = rest.firstIndex(where: {
          $0.after.allSatisfy { placed.contains($0) || !known.contains($0) }
        })
      else {
        faults.append(
          "the steps wait for one another in a circle: \(rest.map(\.name).joined(separator: ", "))")
        return []
      }
      placed.insert(rest[next].name)
      result.append(rest.remove(at: next))
    }
    return result
  }

  /// Queues the steps, all or none; returns their numbers in the order in which they run.
  ///
  /// - Parameter once: whether a step that is under way from this folder already stands for the new one.
  public func submit(
    to store: any JobStore, folder: URL, once: Bool = false, at now: Date
  ) throws(JobStoreError) -> [(step: String, job: Int64)] {
    let places = Dictionary(uniqueKeysWithValues: steps.enumerated().map { ($1.name, $0) })
    let requests = steps.map { step in
      let payload = CommandPayload(
        plan: name, step: step.name, words: step.run, folder: folder.path)
      return JobRequest(
        kind: CommandHandler.kind, payload: payload.text, user: user, priority: priority,
        start: start, deadline: deadline,
        uniqueKey: once ? "\(folder.path)\n\(name)\n\(step.name)" : nil,
        dependencies: step.after.filter { places[$0] == nil }.compactMap { Int64($0) },
        batchDependencies: step.after.compactMap { places[$0] },
        retry: RetryPolicy(attempts: attempts))
    }
    return Array(zip(steps.map(\.name), try store.enqueue(requests, at: now)))
  }
}
