import Foundation
import TestSupport
import Testing

/// Workers die at random instants while a long plan runs; its end is that of a run that nobody
/// disturbed.
@Suite(.enabled(if: runsFullTests, "slow: OSONG_FULL_TESTS=1"))
struct QueueChaosTests {
  private static let jobs = 2_000
  private static let kills = 200

  private let scratch: ScratchFolder
  private let fixture: Fixture

  init() throws {
    scratch = try ScratchFolder()
    fixture = try Fixture.made.get()
  }

  private func folder(_ name: String) throws -> URL {
    let url = scratch.url.appending(path: name)
    try FileManager.default.createDirectory(
      at: url.appending(path: "out"), withIntermediateDirectories: true)
    let steps = (0..<Self.jobs).map { number in
      let query = MadeUpCompounds.smiles(number * 7 % MadeUpCompounds.count)
      return """
          - name: s\(number)
            run: [search, \(fixture.library), --query, '\(query)', --top, 5, -o, out/\(number).csv]
        """
    }
    try Data(("steps:\n" + steps.joined(separator: "\n")).utf8).write(
      to: url.appending(path: "plan.yaml"))
    return url
  }

  /// Two thousand command lines are checked before one is queued: a minute in a debug build.
  private func submit(in folder: URL) throws -> Program.Ending {
    try Program.Run(["submit", "plan.yaml"], in: folder).finish(within: 300)
  }

  private func worker(in folder: URL) throws -> Program.Run {
    try Program.Run(["worker", "--until-idle", "--jobs", "2", "--lease", "2"], in: folder)
  }

  private func counts(in folder: URL) throws -> String {
    String(
      try Program.run(["jobs", "--limit", "1"], in: folder).output.split(separator: "\n").last ?? ""
    )
  }

  @Test(.timeLimit(.minutes(20)))
  func `two hundred workers killed in two thousand jobs lose none and double none`() throws {
    let calm = try folder("calm")
    #expect(try submit(in: calm).code == 0)
    #expect(try worker(in: calm).finish(within: 600).code == 0)
    #expect(try counts(in: calm) == "\(Self.jobs) succeeded")
    let expected = try files(in: calm.appending(path: "out"))
    #expect(expected.count == Self.jobs)

    let wild = try folder("wild")
    // A plan is queued as a whole or not at all, whenever the one who queues it dies.
    var random = SystemRandomNumberGenerator()
    for _ in 0..<5 {
      let submit = try Program.Run(["submit", "plan.yaml"], in: wild)
      let start = ContinuousClock.now
      let delay = Double.random(in: 0.01...0.4, using: &random)
      submit.wait { ContinuousClock.now - start > .seconds(delay) }
      submit.send(SIGKILL)
      if submit.finish().signal == nil { break }
      let queue = wild.appending(path: ".osong/queue.sqlite").path
      if FileManager.default.fileExists(atPath: queue) {
        let left = try counts(in: wild)
        #expect(left == "the queue is empty" || left == "\(Self.jobs) ready")
        if left != "the queue is empty" { break }
      }
    }
    if try counts(in: wild) != "\(Self.jobs) ready" {
      #expect(try submit(in: wild).code == 0)
    }

    var workers = [try worker(in: wild), try worker(in: wild)]
    var killed = 0
    while killed < Self.kills, workers.contains(where: \.isRunning) {
      Thread.sleep(forTimeInterval: .random(in: 0.02...0.35, using: &random))
      let victim = Int.random(in: 0...1, using: &random)
      workers[victim].send(SIGKILL)
      if workers[victim].finish().signal == SIGKILL { killed += 1 }
      workers[victim] = try worker(in: wild)
    }
    for worker in workers {
      let ending = worker.finish(within: 600)
      #expect(ending.code == 0, "\(ending.story)")
    }
    #expect(killed == Self.kills, "the plan ended after \(killed) kills")
    #expect(try counts(in: wild) == "\(Self.jobs) succeeded")
    #expect(try files(in: wild.appending(path: "out")) == expected)
  }
}
