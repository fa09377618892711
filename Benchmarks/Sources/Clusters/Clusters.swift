import Fingerprints
import Foundation
import Parallelism

/// Clusters or picks rows once, and prints one line of JSON; `peers/clustering.py` is the same for
/// the rivals.
///
/// The file holds bare rows of 256 bytes, lowest bit first. The result is written as numbers of 4
/// bytes: for a clustering the cluster of each row, else the rows that were chosen.
@main
struct Clusters {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count == 6, let count = Int(arguments[2]), let value = Double(arguments[3]),
      let way = Way(arguments[0], value: value, option: arguments[4])
    else {
      print(
        """
        usage: Clusters diameter|radius|tolerance-diameter PACKED ROWS THRESHOLD BRANCHING RESULT
               Clusters leaders PACKED ROWS THRESHOLD THREADS RESULT
               Clusters picks PACKED ROWS COUNT 1 RESULT
        """)
      exit(2)
    }
    let table = try arena(of: arguments[1], rows: count)
    let before = try residentMemory()
    let (begin, processor) = (ContinuousClock.now, clock())
    let result = try way.run(on: table)
    let reply = Reply(
      count: count, wall: (ContinuousClock.now - begin) / .seconds(1),
      cpu: Double(clock() - processor) / 1e6,  // CLOCKS_PER_SEC is 10⁶ in POSIX.
      memory: memory("VmHWM:") - before, found: result.found)
    try write(result.numbers, to: arguments[5])
    print(String(decoding: try JSONEncoder().encode(reply), as: UTF8.self))
  }

  private static func arena(of path: String, rows: Int) throws -> FingerprintArena {
    let bytes = try MappedBytes(path: path)
    let mapped = try FingerprintRows(
      mapping: bytes, bitCount: 2_048, count: rows, wordsAt: 0, popcountsAt: 0)
    var arena = FingerprintArena(bitCount: 2_048)
    arena.reserveCapacity(rows)
    for row in 0..<rows { arena.append(mapped[row]) }
    return arena
  }

  private static func write(_ numbers: [UInt32], to path: String) throws {
    var data = Data(capacity: 4 * numbers.count)
    for number in numbers {
      for place in 0..<4 { data.append(UInt8(truncatingIfNeeded: number >> (8 * place))) }
    }
    try data.write(to: URL(filePath: path))
  }

  /// The memory this process holds, in bytes; the most it held begins anew.
  private static func residentMemory() throws -> Int {
    try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
    return memory("VmRSS:")
  }

  private static func memory(_ field: String) -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix(field) } ?? ""
    return 1_024 * (Int(line.filter(\.isNumber)) ?? 0)
  }
}

/// What came of it.
private struct Reply: Encodable {
  let count: Int
  /// Seconds on the clock.
  let wall: Double
  /// Seconds of processor time, of all threads together.
  let cpu: Double
  /// Bytes beyond the table of rows.
  let memory: Int
  /// Clusters, leaders or picks.
  let found: Int
}
