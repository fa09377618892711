import Foundation

/// The folder of reference data, which lies beside the project and may be absent.
enum SharedData {
  static let root: URL = {
    if let named = ProcessInfo.processInfo.environment["OSONG_REFERENCE_DATA"] {
      return URL(fileURLWithPath: named)
    }
    var package = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    for _ in 0..<3 { package.deleteLastPathComponent() }
    return package.deletingLastPathComponent().appending(path: "shared")
  }()

  static func url(_ path: String) -> URL { root.appending(path: path) }

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: url(path).path)
  }

  /// One column of a comma-separated table.
  static func column(_ name: String, of path: String) throws -> [String] {
    let script = """
      import csv, json, sys
      path, name = json.load(open(sys.argv[1]))
      print(json.dumps([row[name] for row in csv.DictReader(open(path, newline=""))]))
      """
    let data = try Python.run(script, [url(path).path, name])
    return try JSONDecoder().decode([String].self, from: data)
  }
}
