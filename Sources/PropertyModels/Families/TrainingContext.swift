import Entities
public import Parallelism
import Statistics

/// What a training is given besides its examples: chance, threads, and a way to be stopped.
public struct TrainingContext: Sendable {
  /// Decides everything that is drawn.
  public let seed: UInt64
  /// The threads; they decide how soon a model is ready, never what it is.
  public let pool: WorkerPool
  /// Asked now and then; a training that is told to stop throws ``Interruption``.
  public let shouldStop: @Sendable () -> Bool
  /// Told how much of the work is done, from 0 to 1.
  public let progress: @Sendable (Double) -> Void
  /// Where finished pieces are kept; nil to keep none.
  public let store: PieceStore?
  /// Which piece of the whole work this is: its number, and those of the pieces it is part of.
  let path: [Int]

  /// Creates a context.
  public init(
    seed: UInt64 = 0, pool: WorkerPool = WorkerPool(threads: 1),
    shouldStop: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (Double) -> Void = { _ in }, store: PieceStore? = nil
  ) {
    self.init(
      seed: seed, pool: pool, shouldStop: shouldStop, progress: progress, store: store, path: [])
  }

  init(
    seed: UInt64, pool: WorkerPool, shouldStop: @escaping @Sendable () -> Bool,
    progress: @escaping @Sendable (Double) -> Void, store: PieceStore?, path: [Int]
  ) {
    self.seed = seed
    self.pool = pool
    self.shouldStop = shouldStop
    self.progress = progress
    self.store = store
    self.path = path
  }

  /// Throws when the training is to stop.
  public func check() throws {
    if shouldStop() { throw Interruption(of: "training") }
  }

  /// The context of one piece of the work: with a seed of its own and its share of the progress.
  ///
  /// - Parameter share: where on the way from 0 to 1 the piece lies.
  public func piece(_ number: Int, share: ClosedRange<Double>? = nil) -> TrainingContext {
    let whole = progress
    return TrainingContext(
      seed: SplitMix64.seed(seed, piece: number), pool: pool, shouldStop: shouldStop,
      progress: { done in
        if let share { whole(share.lowerBound + done * (share.upperBound - share.lowerBound)) }
      }, store: store, path: path + [number])
  }
}
