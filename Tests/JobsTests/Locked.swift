import Synchronization

/// A value that several threads of a test share.
final class Locked<Value: Sendable>: Sendable {
  private let mutex: Mutex<Value>

  init(_ value: Value) { mutex = Mutex(value) }

  @discardableResult func change<Result: Sendable>(
    _ body: @Sendable (inout Value) -> Result
  ) -> Result {
    mutex.withLock { value in
      var copy = value
      let result = body(&copy)
      value = copy
      return result
    }
  }
}
