import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: runsFullTests, "slow: OSONG_FULL_TESTS=1"))
struct MemoryTests {
  /// The peak memory of a build of so many compounds, in KiB.
  private func peak(_ count: Int) throws -> Int {
    let scratch = try ScratchFolder()
    let lines = (0..<count).map { number in
      // Chains of two parts give far more molecules than one part has.
      let first = MadeUpCompounds.smiles(number % MadeUpCompounds.count)
      return
        "\(first)CCC\(String(repeating: "C", count: number / MadeUpCompounds.count)) M\(number)\n"
    }
    let input = try scratch.write(lines.joined(), to: "in.smi")
    let run = try Program.Run(["library", "build", scratch.path("l.olib"), input])
    while run.isRunning {
      run.measureMemory()
      usleep(20_000)
    }
    let ending = run.finish()
    #expect(ending.code == 0, "\(ending.story)")
    return run.peakMemory
  }

  @Test func `a library three times as long takes no more memory to build`() throws {
    // Both fill a segment of 65,536 rows, which is what a build holds at once.
    let short = try peak(70_000)
    let long = try peak(210_000)
    try #require(short > 0)
    #expect(Double(long) / Double(short) < 1.25, "\(short) and \(long) KiB")
    #expect(long < 1 << 20, "\(long) KiB")
  }
}
