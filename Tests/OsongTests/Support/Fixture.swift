import Foundation
import TestSupport

/// What most tests of the command line need: one model and one library, made once by `osong` itself.
final class Fixture: Sendable {
  static let made = Result { try Fixture() }

  private let scratch: URL
  var model: String { scratch.appending(path: "tiny.model").path }
  var library: String { scratch.appending(path: "tiny.olib").path }
  var activities: String { scratch.appending(path: "activities.csv").path }
  var compounds: String { scratch.appending(path: "compounds.smi").path }

  /// The options that make a training last a second.
  static let quick = ["--epochs", "3", "--members", "2", "--hidden", "16", "--features", "ecfp4"]

  private init() throws {
    // A test run has no end of its own: each one clears away what the last one left.
    let folder = FileManager.default.temporaryDirectory.appending(path: "osong-test-fixture")
    scratch = folder
    try? FileManager.default.removeItem(at: folder)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(Self.table(150).utf8).write(to: URL(filePath: activities))
    try Data(MadeUpCompounds.lines(600).utf8).write(to: URL(filePath: compounds))
    for arguments in [
      ["train", activities, "-o", model] + Self.quick, ["library", "build", library, compounds],
    ] {
      let ending = try Program.run(arguments)
      guard ending.code == 0 else { throw Failure(story: ending.story) }
    }
  }

  struct Failure: Error { let story: String }

  static func table(_ count: Int) -> String {
    "id,smiles,pKi\n"
      + (0..<count).map { number in
        let smiles = MadeUpCompounds.smiles(number * 13 % MadeUpCompounds.count)
        return "T\(number),\(smiles),\(5 + Double(smiles.utf8.count % 7) / 2)\n"
      }.joined()
  }
}
