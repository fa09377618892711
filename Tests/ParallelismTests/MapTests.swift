import Parallelism
import Testing

@Suite struct MapTests {
  private struct Failure: Error, Equatable { let index: Int }

  @Test(arguments: [1, 2, 8], [0, 1, 2, 1_000])
  func `results stand in the order of the indices`(threads: Int, count: Int) {
    let squares = WorkerPool(threads: threads).map(count) { $0 * $0 }
    #expect(squares == (0..<count).map { $0 * $0 })
  }

  @Test(arguments: [1, 2, 8])
  func `an optional result stays in its place`(threads: Int) {
    let halves = WorkerPool(threads: threads).map(100) { $0.isMultiple(of: 2) ? $0 / 2 : nil }
    #expect(halves == (0..<100).map { $0.isMultiple(of: 2) ? $0 / 2 : nil })
  }

  @Test func `a sum of floats is the same to the last bit for any number of threads`() {
    let sums = [1, 2, 3, 8].map { threads in
      WorkerPool(threads: threads).map(4_000) { 1 / Double($0 + 1) }.reduce(0, +).bitPattern
    }
    #expect(Set(sums).count == 1)
  }

  @Test(arguments: [1, 2, 8])
  func `the error of the lowest index is thrown`(threads: Int) {
    #expect(throws: Failure(index: 61)) {
      try WorkerPool(threads: threads).map(throwing: 200) { index throws(Failure) -> Int in
        if index == 61 || index == 150 { throw Failure(index: index) }
        return index
      }
    }
  }
}
