import Campaigns
import Foundation
import Synchronization

/// Tells the worker that began this process how far it is, twice a second at most.
final class ToldProgress: Sendable {
  private let file: URL
  private let last = Mutex<ContinuousClock.Instant?>(nil)

  /// The way to the worker; nil where none began this process.
  static var toWorker: ToldProgress? {
    ProcessInfo.processInfo.environment[CommandProgress.variable].map {
      ToldProgress(file: URL(filePath: $0))
    }
  }

  private init(file: URL) { self.file = file }

  func tell(_ stage: String, share: Double, remaining: () -> String) {
    let isDue = last.withLock { last in
      if let before = last, ContinuousClock.now - before < .milliseconds(500) { return false }
      last = .now
      return true
    }
    guard isDue else { return }
    CommandProgress(share: share, stage: stage, remaining: remaining()).write(to: file)
  }
}
