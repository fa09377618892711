import Dispatch
import Foundation
import Synchronization

/// Whether someone asked the process to stop: control-C, or a scheduler's SIGTERM.
///
/// The first signal asks the work to stop at the next safe point; a second one ends it at once,
/// which is safe too, only more is done again.
final class StopSignal: Sendable {
  private let requested = Atomic(false)
  private let sources: Mutex<[any DispatchSourceSignal]>

  init() {
    sources = Mutex([])
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [weak self] in
        guard let self else { return }
        if self.requested.exchange(true, ordering: .relaxed) { exit(75) }
        Terminal.write("\nosong: stopping at the next safe point (again: at once)\n")
      }
      source.resume()
      sources.withLock { $0.append(source) }
    }
  }

  var isRequested: Bool { requested.load(ordering: .relaxed) }
}
