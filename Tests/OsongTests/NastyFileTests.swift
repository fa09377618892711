import Foundation
import TestSupport
import Testing

/// RDKit's own difficult files and the bad samples of ChEMBL: nothing may crash or hang.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared reference data"))
struct NastyFileTests {
  private static let all: [String] = {
    let folder = SharedData.path("datasets/nasty_inputs")
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
    return names.sorted().map { folder + "/" + $0 }.filter { path in
      var isFolder: ObjCBool = false
      return unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        && !isFolder.boolValue
    }
  }()

  /// A file of every kind and folder, and every thirtieth of the rest; all of them on request.
  private static let some: [String] = {
    if runsFullTests { return all }
    var seen: Set<String> = []
    return all.enumerated().filter { place, path in
      let url = URL(filePath: path)
      let kind = url.deletingLastPathComponent().path + url.pathExtension
      return seen.insert(kind).inserted || place % 30 == 7
    }.map(\.element)
  }()

  /// Without ten thousand compounds, which are no difficulty but take a debug build half a minute.
  private static func isShort(_ path: String) -> Bool {
    let size = try? FileManager.default.attributesOfItem(atPath: path)[.size]
    return (size as? NSNumber)?.intValue ?? 0 < 100_000
  }

  @Test func `there are some`() { #expect(Self.some.count >= 10) }

  @Test("a library of a difficult file is whole, or the file is refused in one line")
  func libraries() throws {
    let scratch = try ScratchFolder()
    for path in Self.some {
      let library = scratch.path("\(UUID().uuidString).olib")
      let ending = try Program.run(["library", "build", library, path, "--json"])
      #expect(ending.signal == nil && !ending.isLate, "\(path): \(ending.story)")
      guard ending.code == 0 else {
        #expect(ending.code == 3, "\(path): \(ending.story)")
        #expect(ending.errors.split(separator: "\n").count == 1, "\(path): \(ending.errors)")
        continue
      }
      let counts = try JSONDecoder().decode(
        [String: String].self, from: Data(ending.output.utf8))
      let numbers = ["read", "kept", "refused"].map { Int(counts[$0] ?? "") ?? -1 }
      #expect(numbers[0] == numbers[1] + numbers[2], "\(path): \(counts)")
      #expect(try Program.run(["library", "info", library, "--verify"]).code == 0, "\(path)")
    }
  }

  @Test("predictions of a difficult file keep every row, or the file is refused in one line")
  func predictions() throws {
    let model = try Fixture.made.get().model
    let scratch = try ScratchFolder()
    for path in Self.some where runsFullTests || Self.isShort(path) {
      let output = scratch.path("out.csv")
      try? FileManager.default.removeItem(atPath: output)
      let ending = try Program.Run(["predict", model, path, "-o", output])
        .finish(within: runsFullTests ? 600 : 60)
      #expect(ending.signal == nil && !ending.isLate, "\(path): \(ending.story)")
      let stands = FileManager.default.fileExists(atPath: output)
      #expect(stands == (ending.code == 0), "\(path): \(ending.story)")
      if ending.code != 0 {
        #expect(ending.code == 3, "\(path): \(ending.story)")
        #expect(ending.errors.split(separator: "\n").count == 1, "\(path): \(ending.errors)")
      }
    }
  }
}
