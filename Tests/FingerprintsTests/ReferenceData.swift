import Fingerprints
import Foundation

/// The shared reference folder: `OSONG_REFERENCE_DATA`, or `shared` beside the project.
enum ReferenceData {
  static var folder: URL {
    if let path = ProcessInfo.processInfo.environment["OSONG_REFERENCE_DATA"] {
      return URL(fileURLWithPath: path)
    }
    let package = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return package.deletingLastPathComponent().appendingPathComponent("shared")
  }

  static func chemistry(_ table: String) -> URL {
    folder.appendingPathComponent(
      "references/chemistry/expected_rdkit_2022.09.3_\(table).csv.gz")
  }

  static var isPresent: Bool {
    FileManager.default.isReadableFile(atPath: chemistry("fingerprints").path)
  }

  /// One column of a table, in the order of the file, without empty cells.
  static func column(_ name: String, of table: String) throws -> [String] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gunzip", "-c", chemistry(table).path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
    guard let head = lines.first?.split(separator: ","),
      let place = head.firstIndex(of: Substring(name))
    else { return [] }
    return lines.dropFirst()
      .map { String($0.split(separator: ",", omittingEmptySubsequences: false)[place]) }
      .filter { !$0.isEmpty }
  }

  static func fingerprints(_ name: String, bitCount: Int) throws -> [Fingerprint] {
    try column(name, of: "fingerprints").map { try Fingerprint(hex: $0, bitCount: bitCount) }
  }

  /// A chunked stream over text, as a file would give it.
  static func chunks(_ text: String, of size: Int) -> () -> [UInt8]? {
    var rest = Array(text.utf8)[...]
    return {
      if rest.isEmpty { return nil }
      defer { rest = rest.dropFirst(size) }
      return Array(rest.prefix(size))
    }
  }
}
