import Foundation

/// The shared reference data, where it is present.
enum ReferenceData {
  static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["OSONG_REFERENCE_DATA"] {
      return URL(fileURLWithPath: path)
    }
    // Tests/ReportingTests/Support/ReferenceData.swift: the package is four levels up.
    let here = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    let package = (0..<4).reduce(here) { url, _ in url.deletingLastPathComponent() }
    return package.deletingLastPathComponent().appending(path: "shared")
  }()

  static var isPresent: Bool {
    FileManager.default.fileExists(atPath: chemistry("identity").path)
  }

  static func chemistry(_ table: String) -> URL {
    folder.appending(path: "references/chemistry/expected_rdkit_2022.09.3_\(table).csv")
  }

  /// The rows of a table as dictionaries by column.
  static func rows(_ url: URL) throws -> [[String: String]] {
    let lines = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
    guard let header = lines.first.map(fields) else { return [] }
    return lines.dropFirst().map { line in
      Dictionary(zip(header, fields(line)), uniquingKeysWith: { first, _ in first })
    }
  }

  private static func fields(_ line: Substring) -> [String] {
    var result = [""]
    var isQuoted = false
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: result.append("")
      default: result[result.count - 1].append(character)
      }
    }
    return result
  }
}
