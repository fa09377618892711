import Foundation

/// Time and memory of this process.
struct Meter {
  private let begin = ContinuousClock.now
  private let processor = clock()

  var wall: Double { (ContinuousClock.now - begin) / .seconds(1) }
  var cpu: Double { Double(clock() - processor) / 1e6 }  // CLOCKS_PER_SEC is 10⁶ in POSIX.

  /// Bytes of resident memory of the process's own, and of mapped files.
  static func resident() -> (anonymous: Int, mapped: Int) {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    func bytes(_ field: String) -> Int {
      let line = status.split(separator: "\n").first { $0.hasPrefix(field) } ?? ""
      return 1_024 * (Int(line.filter(\.isNumber)) ?? 0)
    }
    return (bytes("RssAnon:"), bytes("RssFile:"))
  }
}
