import Dispatch
import Synchronization

/// Maps work over fixed pieces with several threads, in an order that threads cannot change.
///
/// The pieces are cut by the caller, never by the number of threads, and the results come back in
/// the order of the pieces. So a sum over them is the same to the last bit for any thread count.
public struct WorkerPool: Sendable {
  /// How many threads may run at once; at least 1.
  public let threads: Int

  /// Creates a pool of `threads` threads.
  public init(threads: Int) {
    precondition(threads >= 1, "a pool needs at least one thread, got \(threads)")
    self.threads = threads
  }

  /// The results of `transform` for `0..<count`, in order.
  ///
  /// - Complexity: O(count) calls, spread over the threads by first come, first served.
  public func map<Result: Sendable>(
    _ count: Int, _ transform: @Sendable (Int) -> Result
  ) -> [Result] {
    if threads == 1 || count < 2 { return (0..<count).map(transform) }
    let slots = Mutex([Result?](repeating: nil, count: count))
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        let result = transform(index)
        slots.withLock { $0[index] = result }
      }
    }
    return slots.withLock { $0.compactMap { $0 } }
  }

  /// The results of a throwing `transform` for `0..<count`, in order; the error of the lowest index
  /// is thrown, so that the same input fails in the same way with any number of threads.
  public func map<Result: Sendable, Failure: Error>(
    throwing count: Int, _ transform: @Sendable (Int) throws(Failure) -> Result
  ) throws(Failure) -> [Result] {
    let outcomes = map(count) { index -> Swift.Result<Result, Failure> in
      do throws(Failure) { return .success(try transform(index)) } catch { return .failure(error) }
    }
    var results: [Result] = []
    results.reserveCapacity(count)
    for outcome in outcomes { results.append(try outcome.get()) }
    return results
  }
}
