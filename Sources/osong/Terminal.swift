import Foundation

/// Progress and complaints on standard error.
struct Terminal: Sendable {
  let isQuiet: Bool
  private let shows: Bool
  private let told = ToldProgress.toWorker
  private let started = ContinuousClock.now

  init(isQuiet: Bool) {
    self.isQuiet = isQuiet
    shows = !isQuiet && isatty(2) == 1
  }

  static func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }

  static func complain(_ text: String) { write("osong: \(text)\n") }

  /// A bar that is drawn over, for a share of work done; nothing where no one watches.
  ///
  /// A worker that began this process is told too.
  func show(_ what: String, share: Double) {
    told?.tell(what, share: min(max(share, 0), 1)) { remaining(share) }
    guard shows else { return }
    let width = 30
    let full = Int((min(max(share, 0), 1) * Double(width)).rounded(.down))
    let bar = String(repeating: "█", count: full) + String(repeating: "░", count: width - full)
    Self.write("\r\(what) \(bar) \(Int(min(max(share, 0), 1) * 100)) %\(remaining(share))\u{1B}[K")
  }

  /// How long it will take from here at the pace so far; nothing before that can be told.
  private func remaining(_ share: Double) -> String {
    let elapsed = Double((ContinuousClock.now - started).components.seconds)
    guard elapsed >= 3, share > 0.01, share < 1 else { return "" }
    let seconds = Int((elapsed * (1 - share) / share).rounded(.up))
    return seconds < 120 ? ", \(seconds) s left" : ", \((seconds + 59) / 60) min left"
  }

  /// Takes the bar away.
  func clear() { if shows { Self.write("\r\u{1B}[K") } }

  /// A line about what is going on; also where no one watches, for a log.
  func say(_ text: String) { if !isQuiet { Self.write(text + "\n") } }
}
