import Synchronization

/// How a running job and its worker talk: progress one way, the wish to stop the other.
public final class JobControl: Sendable {
  /// Why a job should stop.
  public enum StopReason: Int, Sendable {
    /// Somebody withdrew it.
    case cancelled = 1
    /// The worker ends; another one goes on.
    case released
    /// The lease was lost: what is done is in vain.
    case lost
  }

  private let state = Mutex<(progress: Double, stop: StopReason?)>((0, nil))

  /// A control of a job that begins.
  public init() {}

  /// Why the job should stop; nil while it should go on.
  public var stopReason: StopReason? { state.withLock { $0.stop } }

  /// Says how far the job is, 0 to 1.
  public func report(progress: Double) {
    state.withLock { $0.progress = min(1, max(0, progress)) }
  }

  var progress: Double { state.withLock { $0.progress } }

  /// The first reason stands: a lost lease is not made a cancellation.
  func stop(_ reason: StopReason) { state.withLock { $0.stop = $0.stop ?? reason } }
}
