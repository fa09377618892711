import Foundation
import TestSupport
import Testing

/// Plans are submitted, worked on, looked at and withdrawn on the command line.
@Suite struct QueueCommandTests {
  private let scratch: ScratchFolder
  private let fixture: Fixture

  init() throws {
    scratch = try ScratchFolder()
    fixture = try Fixture.made.get()
  }

  @discardableResult private func osong(_ arguments: String...) throws -> Program.Ending {
    try Program.run(arguments, in: scratch.url)
  }

  @Test func `a plan becomes jobs, a worker does them in turn, and they can be looked at`() throws {
    try scratch.write(
      """
      name: chain
      user: kim
      steps:
        - name: find
          after: [build]
          run: search made.olib --query c1ccccc1 --top 3 -o found.csv
        - name: build
          run: [library, build, made.olib, \(fixture.compounds)]
      """, to: "plan.yaml")
    let submitted = try osong("submit", "plan.yaml")
    #expect(submitted.code == 0, "\(submitted.story)")
    #expect(submitted.output.hasPrefix("job 1: build\njob 2: find\n"))
    #expect(try osong("jobs", "--state", "blocked").output.contains("chain/find"))
    let worked = try osong("worker", "--until-idle")
    #expect(worked.code == 0, "\(worked.story)")
    #expect(worked.output == "2 attempts ended, 0 jobs taken over from others\n")
    let found = try String(contentsOfFile: scratch.path("found.csv"), encoding: .utf8)
    #expect(found.split(separator: "\n").count == 4)
    #expect(try osong("jobs").output.hasSuffix("2 succeeded\n"))
    let results = try osong("results", "2", "--rows", "2")
    #expect(results.code == 0, "\(results.story)")
    let lines = results.output.split(separator: "\n")
    #expect(lines[0] == "job 2, chain/find, succeeded")
    #expect(lines[1].hasPrefix("  found.csv  ") && lines[1].hasSuffix(" bytes"))
    // The header and two rows.
    #expect(lines.count == 5)
    let job = try osong("job", "1", "--follow")
    #expect(job.code == 0 && job.output.contains("| made.olib: 600 compounds"), "\(job.story)")
    let json = try osong("jobs", "--json").output
    #expect(json.contains("\"user\" : \"kim\"") || json.contains("\"user\":\"kim\""))
  }

  @Test func `jobs that ended are forgotten with their logs when that is asked for, others not`()
    throws
  {
    try scratch.write(
      "run: [search, '\(fixture.library)', --query, C, -o, x.csv]", to: "plan.yaml")
    for _ in 0..<2 { #expect(try osong("submit", "plan.yaml").code == 0) }
    #expect(try osong("worker", "--until-idle").code == 0)
    try osong("submit", "plan.yaml")
    let logs = scratch.url.appending(path: ".osong/logs")
    #expect(try files(in: logs).keys.sorted() == ["1.log", "2.log"])
    let kept = try osong("jobs", "--forget-after", "1")
    #expect(kept.output.hasSuffix("1 ready, 2 succeeded\n"), "\(kept.output)\(kept.story)")
    let forgotten = try osong("jobs", "--forget-after", "0")
    #expect(forgotten.output.hasSuffix("1 ready\n"), "\(forgotten.output)")
    #expect(try files(in: logs).isEmpty)
    #expect(try osong("jobs", "--forget-after", "-1").code == 2)
  }

  @Test(
    "what is wrong with a plan is said before anything is queued",
    arguments: [
      ("nme: x\nrun: library info", "did you mean name?"),
      ("run: [screeen, x]", "screeen"),
      ("run: [search, missing.olib, --query, C]", "there is no file missing.olib"),
      ("run: [data, list, --tpo]", "--tpo"),
      ("run: [worker]", "`worker` is not for a queue"),
      ("version: 2\nrun: data list", "version 2"),
      ("run: [data, list]\nafter: [99]", "depends on job 99, which does not exist"),
      ("run: data list 'x", "is a list of words"),
      ("run: data list\ndeadline: tonight", "`deadline` is no instant"),
      (
        "steps: [{name: a, after: [b], run: data list}, {name: b, after: [a], run: data list}]",
        "in a circle: a, b"
      ),
      ("steps: [{name: a, after: [c], run: data list}]", "a waits for c"),
      ("steps: []", "the plan has no step"), ("just words", "a plan is a table of keys"),
      ("a: [", "this is no YAML"),
    ])
  func refused(plan: String, expected: String) throws {
    try scratch.write(plan, to: "plan.yaml")
    let ending = try osong("submit", "plan.yaml")
    #expect(ending.code == 3, "\(ending.story)")
    #expect(ending.errors.contains(expected), "\(ending.errors)")
    let jobs = try osong("jobs")
    #expect(jobs.code == 3 || jobs.output == "the queue is empty\n")
  }

  @Test func `a job that cannot succeed is given up at once, with what it said`() throws {
    let library = try scratch.write("no library", to: "broken.olib")
    try scratch.write("run: library info \(library)", to: "plan.yaml")
    try osong("submit", "plan.yaml")
    try osong("worker", "--until-idle")
    let job = try osong("job", "1", "--follow")
    #expect(job.code == 3)
    #expect(job.output.contains("failed") && job.output.contains("broken.olib"))
    try FileManager.default.removeItem(atPath: library)
    #expect(try Program.run(["library", "build", library, fixture.compounds]).code == 0)
    #expect(try osong("job", "1", "--retry").output.contains("ready"))
    try osong("worker", "--until-idle")
    #expect(try osong("job", "1", "--follow").code == 0)
  }

  /// A plan whose job lasts until it is stopped, for it reads from a pipe that nobody writes to.
  private func submitEndless() throws {
    try Program.run([], shell: "mkfifo \(scratch.path("endless.smi"))")
    try scratch.write("run: library build \(scratch.path("l.olib")) endless.smi", to: "plan.yaml")
    let submitted = try osong("submit", "plan.yaml")
    #expect(submitted.code == 0, "\(submitted.story)")
  }

  private func isRunning() -> Bool {
    (try? osong("jobs", "--state", "running").output.contains("plan")) == true
  }

  @Test func `cancelling reaches a verb that runs`() throws {
    try submitEndless()
    let worker = try Program.Run(
      ["worker", "--until-idle", "--lease", "2", "--grace", "1"], in: scratch.url)
    worker.wait(until: isRunning)
    #expect(try osong("cancel", "1").output == "job 1 is asked to stop\n")
    let ending = worker.finish()
    #expect(ending.code == 0, "\(ending.story)")
    #expect(try osong("job", "1").output.hasPrefix("job 1, plan, cancelled"))
    #expect(try osong("cancel", "1").output == "job 1 had cancelled already\n")
    #expect(try osong("cancel", "7").code == 3)
  }

  @Test func `a worker that is stopped gives its job back, and a killed one leaves no verb behind`()
    throws
  {
    try submitEndless()
    let stopped = try Program.Run(["worker", "--lease", "2", "--grace", "1"], in: scratch.url)
    stopped.wait(until: isRunning)
    stopped.send(SIGTERM)
    let ending = stopped.finish()
    #expect(ending.code == 0, "\(ending.story)")
    #expect(try osong("job", "1").output.hasPrefix("job 1, plan, ready"))

    let killed = try Program.Run(["worker", "--lease", "2"], in: scratch.url)
    killed.wait(until: isRunning)
    killed.send(SIGKILL)
    _ = killed.finish()
    Thread.sleep(forTimeInterval: 0.2)
    let left = try Program.run(
      [], shell: "pgrep -f '[l]ibrary build \(scratch.path("l.olib"))' || true")
    #expect(left.output.isEmpty)
  }

  @Test(
    "a full disk stops nothing for good: a worker goes on when there is room",
    .enabled(if: DiskOfItsOwn.isPossible, "needs root, for a file system of its own"))
  func fullDisk() throws {
    let disk = try DiskOfItsOwn(kibibytes: 4_096)
    let queue = disk.path + "/queue.sqlite"
    let steps = (0..<60).map { "  - {name: s\($0), run: library info \(fixture.library)}" }
    try scratch.write("steps:\n" + steps.joined(separator: "\n"), to: "plan.yaml")
    #expect(try osong("submit", "plan.yaml", "--queue", queue).code == 0)
    let worker = try Program.Run(
      ["worker", "--until-idle", "--queue", queue, "--lease", "2"], in: scratch.url)
    worker.wait { (try? osong("jobs", "--queue", queue).output.contains("succeeded")) == true }
    let ballast = disk.path + "/ballast"
    try Program.run([], shell: "cat /dev/zero > \(ballast) 2>/dev/null || true")
    Thread.sleep(forTimeInterval: 1)
    #expect(worker.isRunning)
    let newcomer = try osong("worker", "--queue", queue, "--patience", "0.5")
    #expect(newcomer.code == 3 && newcomer.errors.contains("disk full"), "\(newcomer.story)")
    try FileManager.default.removeItem(atPath: ballast)
    let ending = worker.finish()
    #expect(ending.code == 0, "\(ending.story)")
    let jobs = try osong("jobs", "--queue", queue).output
    #expect(jobs.hasSuffix("60 succeeded\n"), "\(jobs.suffix(200))")
  }

  @Test func `a schedule is checked when it is made`() throws {
    try scratch.write("run: library info \(fixture.library)", to: "plan.yaml")
    let never = try osong("schedule", "add", "n", "plan.yaml", "--cron", "0 0 30 2 *")
    #expect(never.code == 3 && never.errors.contains("never comes"), "\(never.story)")
    let zone = try osong(
      "schedule", "add", "n", "plan.yaml", "--cron", "0 2 * * *", "--zone", "Mars/Olympus")
    #expect(zone.code == 3, "\(zone.story)")
    let missing = try osong("schedule", "add", "n", "none.yaml", "--cron", "0 2 * * *")
    #expect(missing.code == 3, "\(missing.story)")
    let added = try osong(
      "schedule", "add", "night", "plan.yaml", "--cron", "0 2 * * *", "--zone", "Asia/Seoul")
    #expect(added.code == 0 && added.output.contains("T02:00:00+09:00"), "\(added.story)")
    #expect(try osong("schedule", "list").output.contains("Asia/Seoul"))
    #expect(try osong("schedule", "remove", "night").code == 0)
    #expect(try osong("schedule", "remove", "night").code == 3)
  }

  @Test(
    "two workers submit a scheduled plan once when its time has come",
    .enabled(if: runsFullTests, "slow, waits for the next minute: OSONG_FULL_TESTS=1"))
  func scheduled() throws {
    try scratch.write("run: library info \(fixture.library)", to: "plan.yaml")
    #expect(
      try osong("schedule", "add", "night", "plan.yaml", "--cron", "* * * * *").code == 0)
    let workers = try (0..<2).map { _ in try Program.Run(["worker"], in: scratch.url) }
    workers[0].wait { (try? osong("jobs").output.contains("2 succeeded")) == true }
    #expect(try osong("schedule", "remove", "night").code == 0)
    workers.forEach { $0.send(SIGTERM) }
    for worker in workers { #expect(worker.finish().code == 0) }
    let titles = try osong("jobs").output.split(separator: "\n").dropFirst().dropLast()
    #expect(titles.count { $0.contains("night") } == titles.count { $0.contains("plan") })
    #expect(titles.count >= 2)
  }

  @Test func `a copy of the queue is a queue`() throws {
    try scratch.write("run: data list", to: "plan.yaml")
    try osong("submit", "plan.yaml")
    #expect(try osong("backup", "copy.sqlite").code == 0)
    #expect(try osong("backup", "copy.sqlite").code == 3)
    #expect(try osong("jobs", "--queue", "copy.sqlite").output.hasSuffix("1 ready\n"))
  }

  @Test func `a damaged queue is refused with the way out`() throws {
    let queue = try scratch.write(String(repeating: "not a queue ", count: 99), to: "q.sqlite")
    for verb in [["worker"], ["jobs"], ["cancel", "1"], ["job", "1"]] {
      let ending = try Program.run(verb + ["--queue", queue])
      #expect(ending.code == 3 && ending.errors.contains("last backup"), "\(ending.story)")
    }
  }
}
