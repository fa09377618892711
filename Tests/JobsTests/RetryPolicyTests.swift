import Jobs
import Testing

@Suite struct RetryPolicyTests {
  private let policy = RetryPolicy(attempts: 9, pause: 4, longestPause: 60)

  @Test func `pauses double up to the longest, each between half and all of it`() {
    for (attempt, whole) in [(1, 4.0), (2, 8), (3, 16), (4, 32), (5, 60), (1_000, 60)] {
      let delays = (1...200).map { policy.delay(after: attempt, of: $0) }
      #expect(delays.allSatisfy { $0 >= whole / 2 && $0 < whole })
    }
  }

  @Test func `jobs that failed together come back apart, and the same each time`() {
    let delays = (1...1_000).map { policy.delay(after: 1, of: $0) }
    #expect(Set(delays).count == 1_000)
    #expect(delays == (1...1_000).map { policy.delay(after: 1, of: $0) })
    let mean = delays.reduce(0, +) / 1_000
    #expect(abs(mean - 3) < 0.06)
  }

  @Test func `a policy without sense has the nearest sense`() {
    let policy = RetryPolicy(attempts: -3, pause: -1, longestPause: -1)
    #expect(policy.attempts == 1 && policy.delay(after: 1, of: 1) == 0)
  }
}
