import Foundation
import Parallelism
import Synchronization
import Testing

@Suite struct StreamTests {
  private struct Stop: Error, Equatable { let place: Int }

  /// Work that takes longer for some pieces than for others, without a clock.
  private static func unevenWork(_ piece: Int) -> Int {
    var value = UInt64(piece)
    for _ in 0..<(piece % 7 == 0 ? 4_000 : 40) { value = value &* 6_364_136_223_846_793_005 &+ 1 }
    return Int(value >> 40)
  }

  @Test(arguments: [1, 2, 3, 8], [1, 4])
  func `results come in the order of the pieces`(threads: Int, window: Int) throws {
    var pieces = (0..<500).makeIterator()
    var results: [Int] = []
    try WorkerPool(threads: threads).stream(
      window: window, next: { pieces.next() }, transform: { ($0, Self.unevenWork($0)) },
      consume: { place, value in
        #expect(value == Self.unevenWork(place))
        results.append(place)
      })
    #expect(results == Array(0..<500))
  }

  @Test(arguments: [1, 2, 5])
  func `an empty stream consumes nothing`(threads: Int) throws {
    var calls = 0
    try WorkerPool(threads: threads).stream(
      next: { () -> Int? in
        calls += 1
        return nil
      }, transform: { $0 }, consume: { _ in Issue.record("nothing was read") })
    #expect(calls == 1)
  }

  @Test(arguments: [2, 3, 8], [1, 2, 5])
  func `no more pieces are on the way than the window allows`(threads: Int, window: Int) throws {
    var read = 0
    var consumed = 0
    var most = 0
    try WorkerPool(threads: threads).stream(
      window: window,
      next: { () -> Int? in
        guard read < 300 else { return nil }
        read += 1
        most = max(most, read - consumed)
        return read
      }, transform: Self.unevenWork, consume: { _ in consumed += 1 })
    #expect(consumed == 300)
    #expect(most <= threads * window)
  }

  @Test(arguments: [1, 2, 8])
  func `what was read before an error of next is consumed, then the error is thrown`(
    threads: Int
  ) {
    var read = 0
    var results: [Int] = []
    #expect(throws: Stop(place: 37)) {
      try WorkerPool(threads: threads).stream(
        next: { () throws -> Int? in
          if read == 37 { throw Stop(place: 37) }
          defer { read += 1 }
          return read
        },
        transform: {
          _ = Self.unevenWork($0)
          return $0
        }, consume: { results.append($0) })
    }
    #expect(results == Array(0..<37))
  }

  @Test(arguments: [1, 2, 8])
  func `an error of consume ends the stream at once`(threads: Int) {
    var read = 0
    var results: [Int] = []
    let running = Atomic(0)
    #expect(throws: Stop(place: 20)) {
      try WorkerPool(threads: threads).stream(
        next: { () -> Int? in
          defer { read += 1 }
          return read
        },
        transform: { piece -> Int in
          running.add(1, ordering: .sequentiallyConsistent)
          _ = Self.unevenWork(piece)
          running.subtract(1, ordering: .sequentiallyConsistent)
          return piece
        },
        consume: {
          if $0 == 20 { throw Stop(place: 20) }
          results.append($0)
        })
    }
    #expect(results == Array(0..<20))
    let left = running.load(ordering: .sequentiallyConsistent)
    #expect(left == 0, "a transform outlived the call")
    #expect(read <= 21 + threads * 4)
  }

  @Test func `an error of consume comes before an error of next that lies behind it`() {
    for threads in [1, 2, 8] {
      var read = 0
      #expect(throws: Stop(place: 3)) {
        try WorkerPool(threads: threads).stream(
          next: { () throws -> Int? in
            if read == 5 { throw Stop(place: 5) }
            defer { read += 1 }
            return read
          }, transform: { $0 }, consume: { if $0 == 3 { throw Stop(place: 3) } })
      }
    }
  }

  @Test func `work begins while the next piece is being read`() throws {
    let hasBegun = Atomic(false)
    var read = 0
    var sawWork = false
    try WorkerPool(threads: 2).stream(
      next: { () -> Int? in
        read += 1
        // Reading the second piece takes as long as the first one's work needs to begin.
        let deadline = ContinuousClock.now.advanced(by: .seconds(120))
        while read == 2, !sawWork, ContinuousClock.now < deadline {
          sawWork = hasBegun.load(ordering: .acquiring)
          // A thread that spins counts as busy, and the system starts no other beside other tests'.
          if !sawWork { Thread.sleep(forTimeInterval: 0.001) }
        }
        return read <= 2 ? read : nil
      }, transform: { _ in hasBegun.store(true, ordering: .releasing) }, consume: {})
    #expect(sawWork)
  }

  @Test func `streams inside a stream end`() throws {
    var outer = (0..<40).makeIterator()
    var sums: [Int] = []
    try WorkerPool(threads: 4).stream(
      next: { outer.next() },
      transform: { piece -> Int in
        var inner = (0..<20).makeIterator()
        var sum = 0
        try? WorkerPool(threads: 3).stream(
          next: { inner.next() }, transform: { $0 * piece }, consume: { sum += $0 })
        return sum
      }, consume: { sums.append($0) })
    #expect(sums == (0..<40).map { 190 * $0 })
  }
}
