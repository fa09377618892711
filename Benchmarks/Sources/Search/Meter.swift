import Foundation

/// Time and memory of this process.
struct Meter {
  private let begin = ContinuousClock.now
  private let processor = clock()

  var wall: Double { (ContinuousClock.now - begin) / .seconds(1) }
  var cpu: Double { Double(clock() - processor) / 1e6 }  // CLOCKS_PER_SEC is 10⁶ in POSIX.

  private let read = Meter.bytes("read_bytes", in: "/proc/self/io")

  /// Bytes that came from the disk; 0 where the system does not say.
  var disk: Int { Self.bytes("read_bytes", in: "/proc/self/io") - read }

  /// Bytes of resident memory of the process's own, and of mapped files.
  static func resident() -> (anonymous: Int, mapped: Int) {
    let status = "/proc/self/status"
    return (1_024 * bytes("RssAnon", in: status), 1_024 * bytes("RssFile", in: status))
  }

  private static func bytes(_ field: String, in path: String) -> Int {
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix(field + ":") } ?? ""
    return Int(line.filter(\.isNumber)) ?? 0
  }
}
