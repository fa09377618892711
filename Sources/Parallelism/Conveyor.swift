import Dispatch
import Synchronization

/// Pieces on their way from one reading thread through many working ones back to the first.
///
/// The reading thread calls `run`; helpers take waiting pieces and leave results. The reading
/// thread never waits while a piece is waiting: it works on that piece itself. So the stream goes on
/// even if the system grants no helper at all.
final class Conveyor<Piece: Sendable, Result: Sendable>: Sendable {
  private struct State {
    /// The pieces nobody works on yet, by their places.
    var waiting: [Int: Piece] = [:]
    /// The place of the first of them.
    var firstWaiting = 0
    var results: [Int: Result] = [:]
    var isStopped = false

    /// The waiting piece that was read first.
    mutating func take() -> (place: Int, piece: Piece)? {
      guard !isStopped, let piece = waiting.removeValue(forKey: firstWaiting) else { return nil }
      firstWaiting += 1
      return (firstWaiting - 1, piece)
    }
  }

  private let transform: @Sendable (Piece) -> Result
  private let state = Mutex(State())
  /// Raised once for each piece put in, and once for each helper at the end.
  private let offered = DispatchSemaphore(value: 0)
  /// Raised once for each result a helper leaves.
  private let finished = DispatchSemaphore(value: 0)
  private let helpers = DispatchGroup()
  private let helperCount: Int

  /// A conveyor whose work is shared by the reading thread and `helpers` more.
  init(helpers: Int, _ transform: @escaping @Sendable (Piece) -> Result) {
    helperCount = helpers
    self.transform = transform
  }

  /// Starts the helpers, which work until `join`.
  func start() {
    // A queue of its own: helpers that wait must not use up the threads of the shared queues.
    let queue = DispatchQueue(label: "conveyor", attributes: .concurrent)
    for _ in 0..<helperCount { queue.async(group: helpers) { self.help() } }
  }

  /// Stops the helpers, dropping what waits, and waits for them.
  func join() {
    state.withLock { $0.isStopped = true }
    for _ in 0..<helperCount { offered.signal() }
    helpers.wait()
  }

  /// Moves the whole stream; at most `capacity` pieces are on the way.
  func run(
    capacity: Int, next: () throws -> Piece?, consume: (Result) throws -> Void
  ) throws {
    var read = 0
    var consumed = 0
    var isAtEnd = false
    var failure: (any Error)?
    while true {
      if !isAtEnd, read - consumed < capacity {
        do {
          if let piece = try next() {
            put(piece, at: read)
            read += 1
          } else {
            isAtEnd = true
          }
        } catch {
          failure = error
          isAtEnd = true
        }
      }
      while let result = take(consumed) {
        consumed += 1
        try consume(result)
      }
      if consumed == read, isAtEnd { break }
      if !isAtEnd, read - consumed < capacity { continue }
      if !workOnce() { finished.wait() }
    }
    if let failure { throw failure }
  }

  private func help() {
    while true {
      offered.wait()
      if workOnce() {
        finished.signal()
      } else if state.withLock({ $0.isStopped }) {
        return
      }
    }
  }

  private func put(_ piece: Piece, at place: Int) {
    state.withLock { $0.waiting[place] = piece }
    offered.signal()
  }

  private func take(_ place: Int) -> Result? {
    state.withLock { $0.results.removeValue(forKey: place) }
  }

  /// Works on the first waiting piece; false when none is waiting.
  private func workOnce() -> Bool {
    guard let (place, piece) = state.withLock({ $0.take() }) else { return false }
    let result = transform(piece)
    state.withLock { $0.results[place] = result }
    return true
  }
}
