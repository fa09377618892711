import Foundation
import TestSupport
import Testing

/// A disk that is full, or a file that may not grow: an error, no half result, and a later run ends.
@Suite struct FullDiskTests {
  private let scratch: ScratchFolder
  private let fixture: Fixture

  init() throws {
    scratch = try ScratchFolder()
    fixture = try Fixture.made.get()
  }

  /// Fails without room, shows nothing as finished, and ends with room.
  private func expectRecovery(
    _ arguments: [String], result: String, shell: String?, makeRoom: () throws -> Void
  ) throws {
    let ending = try Program.run(arguments, shell: shell)
    #expect(ending.code == 3, "\(ending.story)")
    #expect(ending.errors.split(separator: "\n").count == 1, "\(ending.errors)")
    let isLibrary = arguments[0] == "library"
    if isLibrary {
      #expect(try Program.run(["library", "info", result]).code == 3)
    } else {
      #expect(!FileManager.default.fileExists(atPath: result))
    }
    try makeRoom()
    let again = try Program.run(arguments)
    #expect(again.code == 0, "\(again.story)")
    if isLibrary { #expect(try Program.run(["library", "info", result, "--verify"]).code == 0) }
  }

  private func commands(in folder: String) -> [(arguments: [String], result: String)] {
    [
      (["library", "build", "\(folder)/l.olib", fixture.compounds], "\(folder)/l.olib"),
      (
        ["train", fixture.activities, "-o", "\(folder)/m.model"] + Fixture.quick,
        "\(folder)/m.model"
      ),
      (
        ["screen", fixture.library, "--model", fixture.model, "-o", "\(folder)/result"],
        "\(folder)/result"
      ),
      (
        ["predict", fixture.model, fixture.compounds, "-o", "\(folder)/p.csv"], "\(folder)/p.csv"
      ),
    ]
  }

  @Test func `a file that may not grow`() throws {
    // 48 blocks of 512 bytes.
    for (arguments, result) in commands(in: scratch.url.path) {
      try expectRecovery(
        arguments, result: result, shell: "ulimit -f 48; exec \"$@\"", makeRoom: {})
    }
  }

  @Test(
    "a full disk",
    .enabled(if: DiskOfItsOwn.isPossible, "needs root, for a file system of its own"))
  func fullDisk() throws {
    let disk = try DiskOfItsOwn(kibibytes: 64)
    for (arguments, result) in commands(in: disk.path) {
      try disk.resize(kibibytes: 64)
      try expectRecovery(arguments, result: result, shell: nil) {
        try disk.resize(kibibytes: 32_768)
      }
      try FileManager.default.removeItem(atPath: result)
    }
  }
}
