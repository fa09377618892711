import Foundation
import TestSupport
import Testing

/// A run may die at any moment: what it leaves is nothing or a whole result, and the next one ends
/// with the bytes of a run that nobody disturbed.
@Suite struct KilledRunTests {
  private let scratch: ScratchFolder
  private let fixture: Fixture

  init() throws {
    scratch = try ScratchFolder()
    fixture = try Fixture.made.get()
  }

  private func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  private func contents(_ path: String) throws -> [String: Data] {
    var found = try files(in: URL(filePath: path))
    // The one file that tells of the run and not of its result.
    found["timing.json"] = nil
    return found
  }

  /// Kills runs at growing delays until one ends by itself; how many were killed.
  private func killUntilDone(_ arguments: [String], check: () throws -> Void) throws -> Int {
    var delay = 0.03
    for killed in 0..<40 {
      let run = try Program.Run(arguments)
      let start = ContinuousClock.now
      run.wait { ContinuousClock.now - start > .seconds(delay) }
      run.send(SIGKILL)
      let ending = run.finish()
      if ending.signal == nil {
        #expect(ending.code == 0, "\(ending.story)")
        return killed
      }
      try check()
      delay *= 1.35
    }
    Issue.record("no run came to its end")
    return 0
  }

  @Test func `a killed library build`() throws {
    let input = try scratch.write(
      MadeUpCompounds.lines(900) + "C1CC open\n" + MadeUpCompounds.lines(20), to: "in.smi")
    let undisturbed = scratch.path("whole.olib")
    #expect(try Program.run(["library", "build", undisturbed, input]).code == 0)
    let library = scratch.path("l.olib")
    let killed = try killUntilDone(["library", "build", library, input]) {
      let info = try Program.run(["library", "info", library, "--verify"])
      #expect(info.code == 3 || info.code == 0, "\(info.story)")
    }
    #expect(killed >= 2)
    #expect(try contents(library) == contents(undisturbed))
  }

  @Test func `a killed training goes on with the networks it had`() throws {
    let model = scratch.path("m.model")
    let arguments =
      ["train", fixture.activities, "-o", model, "--name", "tiny", "--threads", "1"] + Fixture.quick
    let store = scratch.url.appending(path: ".m.model.work")
    func stored() -> [String: Data] {
      let folders = (try? FileManager.default.contentsOfDirectory(atPath: store.path)) ?? []
      return folders.first.flatMap { try? files(in: store.appending(path: $0)) } ?? [:]
    }
    let run = try Program.Run(arguments)
    run.wait { stored().count >= 3 }
    run.send(SIGKILL)
    #expect(run.finish().signal == SIGKILL)
    #expect(!isThere(model))
    let kept = stored()
    #expect(kept.count >= 3)
    let again = try Program.Run(arguments)
    // Networks that are there are not trained again: their files are never rewritten.
    again.wait { stored().count > kept.count }
    #expect(stored().merging(kept) { $1 } == stored())
    let ending = again.finish()
    #expect(ending.code == 0, "\(ending.story)")
    #expect(!isThere(store.path))
    #expect(try contents(model) == contents(fixture.model))
  }

  @Test func `a killed screen leaves no result, then the whole one`() throws {
    let whole = scratch.path("whole")
    let output = scratch.path("result")
    func arguments(_ output: String) -> [String] {
      ["screen", fixture.library, "--model", fixture.model, "--top", "60", "-o", output]
    }
    #expect(try Program.run(arguments(whole)).code == 0)
    let expected = try contents(whole)
    let killed = try killUntilDone(arguments(output)) {
      guard isThere(output) else { return }
      let found = try contents(output)
      #expect(found == expected)
    }
    #expect(killed >= 2)
    #expect(try contents(output) == contents(whole))
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path)
    #expect(names.sorted() == ["result", "whole"])
  }

  @Test func `a screen killed over an earlier result leaves that one standing`() throws {
    let output = scratch.path("result")
    let base = ["screen", fixture.library, "--model", fixture.model, "-o", output]
    #expect(try Program.run(base + ["--top", "5"]).code == 0)
    let before = try contents(output)
    let run = try Program.Run(base + ["--top", "60"])
    let start = ContinuousClock.now
    run.wait { ContinuousClock.now - start > .milliseconds(150) }
    run.send(SIGKILL)
    if run.finish().signal == SIGKILL { #expect(try contents(output) == before) }
  }

  @Test func `SIGTERM stops at a safe point with 75, and the same command goes on`() throws {
    let input = try scratch.write(
      (0..<8).map { _ in MadeUpCompounds.lines(1_500) }.joined(), to: "in.smi")
    let library = scratch.path("l.olib")
    let run = try Program.Run(["library", "build", library, input, "--threads", "1"])
    run.wait { isThere(library + "/refused.jsonl") }
    run.send(SIGTERM)
    let ending = run.finish()
    #expect(ending.code == 75, "\(ending.story)")
    #expect(ending.errors.contains("run the same command again"))
    #expect(try Program.run(["library", "info", library]).code == 3)

    let model = scratch.path("m.model")
    let train = ["train", fixture.activities, "-o", model, "--name", "tiny"] + Fixture.quick
    let training = try Program.Run(train + ["--threads", "1"])
    training.wait { isThere(scratch.path(".m.model.work")) }
    training.send(SIGTERM)
    let stopped = training.finish()
    #expect(stopped.code == 75, "\(stopped.story)")
    #expect(!isThere(model))
    #expect(try Program.run(train).code == 0)
    #expect(try contents(model) == contents(fixture.model))
  }

  @Test(
    "a build killed among its segments goes on from the last one",
    .enabled(if: runsFullTests, "slow: OSONG_FULL_TESTS=1"))
  func killedAmongSegments() throws {
    let lines = (0..<220_000).map {
      "\(MadeUpCompounds.smiles($0 % MadeUpCompounds.count)) M\($0)\n"
    }
    let input = try scratch.write(lines.joined(), to: "in.smi")
    let arguments = { (library: String) in
      ["library", "build", library, input, "--keep-duplicates"]
    }
    let library = scratch.path("l.olib")
    for segment in 0..<3 {
      let run = try Program.Run(arguments(library))
      run.wait { isThere(library + "/segment-00000\(segment).seg") }
      usleep(300_000)
      run.send(SIGKILL)
      #expect(run.finish(within: 600).signal == SIGKILL)
      #expect(try Program.run(["library", "info", library]).code == 3)
    }
    let whole = scratch.path("whole.olib")
    for path in [library, whole] {
      #expect(try Program.Run(arguments(path)).finish(within: 900).code == 0)
    }
    #expect(try contents(library) == contents(whole))
  }
}
