import Dispatch
import Foundation
import Synchronization

/// Whether someone asked the process to stop: control-C, or a scheduler's SIGTERM.
///
/// The first signal asks the work to stop at the next safe point; a second one ends it at once,
/// which is safe too, only more is done again.
final class StopSignal: Sendable {
  private let requested = Atomic(false)

  init() {
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [self] in
        // The handler holds its own source: it listens as long as the process lives.
        withExtendedLifetime(source) { request() }
      }
      source.resume()
    }
  }

  var isRequested: Bool { requested.load(ordering: .relaxed) }

  private func request() {
    if requested.exchange(true, ordering: .relaxed) { exit(75) }
    Terminal.write("\nosong: stopping at the next safe point (again: at once)\n")
  }
}
