import Foundation
import Testing

@testable import Campaigns
@testable import Jobs

@Suite struct QueuePlanTests {
  private func plan(_ text: String) throws -> QueuePlan {
    try QueuePlan(yaml: text, name: "file", user: "kim") { _ in nil }
  }

  @Test func `a plan of one verb has its file's name and its submitter's user`() throws {
    let plan = try plan("run: [train, a.csv, --epochs, 3, --test-share, 0.5]")
    #expect(plan.name == "file" && plan.user == "kim" && plan.priority == 0 && plan.attempts == 3)
    #expect(plan.steps.map(\.run) == [["train", "a.csv", "--epochs", "3", "--test-share", "0.5"]])
  }

  @Test(
    "a line is split at spaces that are not in quotes",
    arguments: [
      ("a b", ["a", "b"]), ("  a\t b ", ["a", "b"]), ("a 'b c'", ["a", "b c"]),
      ("--query='C C' \"it's\"", ["--query=C C", "it's"]), ("a ''", ["a", ""]),
    ])
  func split(line: String, expected: [String]) {
    #expect(PlanReader.split(line) == expected)
    #expect(PlanReader.split(line + "'") == nil)
  }

  @Test func `steps stand behind those that they wait for, and are queued together`() throws {
    let plan = try plan(
      """
      version: 1
      priority: 2
      start: 2027-01-01T00:00:00Z
      steps:
        - {name: c, after: [a, b], run: data list}
        - {name: b, after: a, run: data list}
        - {name: a, run: data list}
      """)
    #expect(plan.steps.map(\.name) == ["a", "b", "c"])
    let store = try SQLiteJobStore()
    let now = Date(timeIntervalSince1970: 1_795_564_800)
    let jobs = try plan.submit(to: store, folder: URL(filePath: "/work"), at: now)
    #expect(jobs.map(\.step) == ["a", "b", "c"])
    #expect(try store.counts() == [.scheduled: 1, .blocked: 2])
    let last = try store.job(jobs[2].job).request
    #expect(last.priority == 2 && last.user == "kim")
    #expect(CommandPayload(text: last.payload)?.words == ["data", "list"])
    #expect(CommandPayload(text: last.payload)?.folder == "/work")
  }

  @Test func `a plan may wait for jobs that are queued already`() throws {
    let store = try SQLiteJobStore()
    let now = Date(timeIntervalSince1970: 1_795_564_800)
    let first = try store.enqueue([JobRequest(kind: "x")], at: now)[0]
    let plan = try plan("run: data list\nafter: \(first)")
    let job = try plan.submit(to: store, folder: URL(filePath: "/"), at: now)[0].job
    #expect(try store.job(job).state == .blocked)
    let other = try self.plan("run: data list\nafter: [77]")
    #expect(throws: JobStoreError.unknownDependency(77)) {
      try other.submit(to: store, folder: URL(filePath: "/"), at: now)
    }
  }

  @Test func `everything that is wrong is said at once`() throws {
    #expect {
      try plan("nme: x\npriority: high\nattempts: 0\nsteps: [{rn: x}, 3]")
    } throws: { error in
      guard let faults = error as? QueuePlan.Faults else { return false }
      return faults.sentences.count >= 6 && faults.description.contains("did you mean name?")
        && faults.description.contains("did you mean run?")
    }
  }
}

@Suite struct CommandHandlerTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "osong-handler-\(UUID())")

  /// Runs a shell's words as if they were a verb.
  private func run(_ script: String, _ control: JobControl = JobControl()) throws -> JobOutcome {
    let store = try SQLiteJobStore()
    let payload = CommandPayload(plan: "p", step: "s", words: ["-c", script], folder: "/")
    _ = try store.enqueue(
      [JobRequest(kind: CommandHandler.kind, payload: payload.text)], at: Date())
    let leases = try store.claim(
      1, of: [CommandHandler.kind], for: "w", lease: 60, at: Date())
    let lease = try #require(leases.first)
    let handler = CommandHandler(
      program: URL(filePath: "/bin/sh"), logs: CommandLogs(in: folder), grace: 0.3)
    defer { try? FileManager.default.removeItem(at: folder) }
    return handler.run(lease, control)
  }

  @Test(
    "an exit code says whether to try again",
    arguments: [
      ("echo first; echo last", JobOutcome.success("last")),
      ("echo no such column >&2; exit 3", .rejection("no such column")),
      ("echo usage; exit 2", .rejection("usage")),
      ("echo rows; exit 4", .rejection("too many rows were refused: rows")),
      ("echo later; exit 75", .failure("was interrupted: later")),
      ("echo odd; exit 9", .failure("ended with code 9: odd")),
      ("echo gone; kill -9 $$", .failure("ended by signal 9: gone")),
    ])
  func outcomes(script: String, expected: JobOutcome) throws {
    #expect(try run(script) == expected)
  }

  @Test func `a verb that does not stop when asked is ended, with the programs that it began`()
    throws
  {
    let file = FileManager.default.temporaryDirectory.appending(path: "osong-child-\(UUID())")
    defer { try? FileManager.default.removeItem(at: file) }
    let control = JobControl()
    let thread = Thread {
      while !FileManager.default.fileExists(atPath: file.path) { usleep(5_000) }
      usleep(50_000)
      control.stop(.cancelled)
    }
    thread.start()
    let deaf = "trap \"\" TERM; echo $$ > \(file.path); while :; do sleep 0.1; done"
    #expect(try run("trap '' TERM; sh -c '\(deaf)' & wait", control) == .cancelled)
    let child = try String(contentsOf: file, encoding: .utf8).trimmingCharacters(in: .newlines)
    usleep(100_000)
    // What is dead and not yet buried has no words.
    let words = try? Data(contentsOf: URL(filePath: "/proc/\(child)/cmdline"))
    #expect(!child.isEmpty && words?.isEmpty ?? true)
  }

  @Test func `how far a verb is reaches the worker, and half a line does not`() throws {
    let control = JobControl()
    let script = "printf '0.25\\tscoring\\t, 9 s left\\n' > $OSONG_PROGRESS; sleep 1.5"
    #expect(try run(script, control) == .success(""))
    #expect(control.progress == 0.25)
    let file = FileManager.default.temporaryDirectory.appending(path: "osong-told-\(UUID())")
    defer { try? FileManager.default.removeItem(at: file) }
    CommandProgress(share: 0.5, stage: "a\tb\n", remaining: "").write(to: file)
    #expect(CommandProgress(at: file)?.stage == "a b ")
    for text in ["0.5\tx", "2\tx\ty\n", "x\ty\tz\n", "\n", ""] {
      try Data(text.utf8).write(to: file)
      #expect(CommandProgress(at: file) == nil)
    }
  }
}
