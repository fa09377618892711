import Foundation

/// What one measurement found.
struct Report: Encodable {
  /// How many rows, molecules or queries the time was spent on.
  let count: Int
  /// Seconds on the clock.
  var wall = 0.0
  /// Seconds of processor time, of all threads together.
  var cpu = 0.0
  /// Numbers that must be the rival's too.
  var checks: [String: Double] = [:]
  /// The XOR of all words, where the result is packed bits.
  var xor: String?

  /// Times `work`, which is run once.
  static func timing<Result>(_ count: Int, _ work: () -> Result) -> (Report, Result) {
    var report = Report(count: count)
    let (begin, processor) = (ContinuousClock.now, clock())
    let result = work()
    report.cpu = Double(clock() - processor) / 1e6  // CLOCKS_PER_SEC is 10⁶ in POSIX.
    report.wall = (ContinuousClock.now - begin) / .seconds(1)
    return (report, result)
  }

  func write() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    print(String(decoding: try encoder.encode(self), as: UTF8.self))
  }
}
