import Foundation
import Testing

@Suite struct HelpTests {
  @Test func `help names every verb and every exit code`() throws {
    for arguments in [["--help"], []] {
      let ending = try Program.run(arguments)
      #expect(ending.code == 0, "\(ending.story)")
      for verb in ["data", "library", "search", "train", "predict", "screen"] {
        #expect(ending.output.contains("\n  \(verb) "), "\(verb)")
      }
      for code in ["0 done", "2 wrong usage", "3 unusable", "4 more rows", "75 interrupted"] {
        #expect(ending.output.contains(code), "\(code)")
      }
    }
  }

  @Test(arguments: [
    "data get", "data list", "library build", "library info", "library export", "search", "train",
    "predict", "screen", "affinity train", "affinity predict",
  ])
  func `every verb explains itself`(_ verb: String) throws {
    let ending = try Program.run(verb.split(separator: " ").map(String.init) + ["--help"])
    #expect(ending.code == 0)
    #expect(ending.output.contains("USAGE: osong \(verb)"))
    #expect(ending.output.contains("--threads"))
    #expect(ending.errors.isEmpty)
  }

  @Test func `the options of a training are documented with their defaults`() throws {
    let help = try Program.run(["train", "--help"]).output
    for option in ["--epochs", "--members", "--hidden", "--seed", "(default: 512,256)"] {
      #expect(help.contains(option), "\(option)")
    }
  }

  @Test func `the version is one line`() throws {
    let ending = try Program.run(["--version"])
    #expect(ending.code == 0 && ending.output.hasPrefix("Osong "))
    #expect(ending.output.split(separator: "\n").count == 1)
  }
}
