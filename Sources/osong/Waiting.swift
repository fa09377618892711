import Dispatch
import Synchronization

/// Runs what waits for others on the way to a command that does not.
enum Waiting {
  static func run<Value: Sendable>(
    _ body: @escaping @Sendable () async throws -> Value
  ) throws -> Value {
    let done = DispatchSemaphore(value: 0)
    let result = SharedResult<Value>()
    Task {
      let outcome: Result<Value, any Error>
      do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
      result.value.withLock { $0 = outcome }
      done.signal()
    }
    done.wait()
    // The semaphore is signalled after the outcome stands, so there is always one.
    guard let outcome = result.value.withLock({ $0 }) else { throw CancellationError() }
    return try outcome.get()
  }

  private final class SharedResult<Value: Sendable>: Sendable {
    let value = Mutex<Result<Value, any Error>?>(nil)
  }
}
