import Foundation

/// How often a job is tried, and how long it rests in between.
///
/// The pause doubles with each failure up to a limit. A part of it is drawn from the job's number and
/// attempt, so that jobs that failed together do not come back together, and a run can be repeated.
public struct RetryPolicy: Hashable, Codable, Sendable {
  /// A job whose workers died so often is held to be what killed them, and given up.
  public static let mostLosses = 10

  /// The most attempts whose failure is the job's own, the first included; at least 1.
  public var attempts: Int
  /// Seconds after the first failure.
  public var pause: Double
  /// The longest pause in seconds.
  public var longestPause: Double

  /// A policy.
  public init(attempts: Int = 3, pause: Double = 5, longestPause: Double = 600) {
    self.attempts = max(attempts, 1)
    self.pause = max(pause, 0)
    self.longestPause = max(longestPause, 0)
  }

  /// Seconds to wait after attempt number `attempt`, counted from 1: between half and all of
  /// `pause` × 2^(attempt − 1).
  public func delay(after attempt: Int, of job: Int64) -> Double {
    let whole = min(pause * Foundation.pow(2, Double(min(attempt, 60) - 1)), longestPause)
    return whole * (0.5 + 0.5 * Self.fraction(job, attempt))
  }

  /// SplitMix64's finaliser (Steele, Lea and Flood 2014) as a number in 0..<1.
  private static func fraction(_ job: Int64, _ attempt: Int) -> Double {
    var x = UInt64(bitPattern: job) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(attempt)
    x = (x ^ (x >> 30)) &* 0xBF58_476D_1CE4_E5B9
    x = (x ^ (x >> 27)) &* 0x94D0_49BB_1331_11EB
    x ^= x >> 31
    return Double(x >> 11) / Double(1 << 53)
  }
}
