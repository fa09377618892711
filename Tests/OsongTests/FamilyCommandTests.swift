import Foundation
import TestSupport
import Testing

/// Families by name, from a table to predictions.
@Suite struct FamilyCommandTests {
  private let scratch: ScratchFolder
  init() throws { scratch = try ScratchFolder() }

  /// A table of two tasks: potencies, some of them bounds, and classes, some of them missing.
  private func table() throws -> String {
    let path = scratch.path("two.csv")
    let rows = (0..<60).map { row -> String in
      let smiles = MadeUpCompounds.smiles(row * 13 % MadeUpCompounds.count)
      let value = 5 + Double(smiles.utf8.count % 7) / 2
      let label = row % 4 == 0 ? "" : smiles.utf8.count % 7 > 3 ? "1" : "0"
      return "T\(row),\(smiles),\(row % 9 == 0 ? "<" : "")\(value),\(label)\n"
    }
    try Data(("id,smiles,potency,toxic\n" + rows.joined()).utf8)
      .write(to: URL(filePath: path))
    return path
  }

  private let tasks = ["--value-column", "potency", "--value-column", "toxic"]

  @Test(
    "every family goes from a table to predictions",
    arguments: [
      ["knn"], ["dummy"], ["kernel-ridge"], ["gaussian-process"], ["network"], ["knn", "dummy"],
    ])
  func everyFamily(_ models: [String]) throws {
    let model = scratch.path("m.model")
    let chosen = models.flatMap { ["--model", $0] }
    let quick = ["--epochs", "2", "--members", "1", "--hidden", "8", "--features", "ecfp4"]
    let trained = try Program.run(["train", try table(), "-o", model] + tasks + chosen + quick)
    #expect(trained.code == 0, "\(trained.story)")
    let asked = scratch.path("asked.csv")
    try Data("smiles,note\nCCO,first\nnonsense(,second\nc1ccccc1N,third\n".utf8)
      .write(to: URL(filePath: asked))
    let predicted = try Program.run(["predict", model, asked])
    #expect(predicted.code == 0, "\(predicted.story)")
    let lines = predicted.output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(lines.count == 4)
    #expect(
      Array(lines[0].prefix(11)) == [
        "smiles", "note", "potency", "potency_unc", "potency_lo", "potency_hi", "toxic",
        "toxic_unc", "toxic_lo", "toxic_hi", "nn_id",
      ])
    for line in [lines[1], lines[3]] {
      for task in [2, 6] {
        let numbers = try line[task..<task + 4].map { try #require(Double($0)) }
        #expect(numbers[2] <= numbers[0] && numbers[0] <= numbers[3])
      }
      #expect((0...1).contains(try #require(Double(line[6]))))
    }
    #expect(lines[2][1] == "second" && lines[2][2].isEmpty && lines[2].last?.isEmpty == false)
  }

  @Test func `a library is ranked by the task that is named`() throws {
    let fixture = try Fixture.made.get()
    let model = scratch.path("m.model")
    let trained = try Program.run(
      ["train", try table(), "-o", model, "--model", "knn"] + tasks)
    #expect(trained.code == 0, "\(trained.story)")
    let result = scratch.path("result")
    let screen = ["screen", fixture.library, "--model", model, "--top", "5", "-o", result]
    let ending = try Program.run(screen + ["--task", "toxic"])
    #expect(ending.code == 0, "\(ending.story)")
    let hits = try String(contentsOfFile: "\(result)/hits.csv", encoding: .utf8)
    #expect(hits.split(separator: "\n")[0].contains("toxic"))
    let unknown = try Program.run(screen + ["--task", "colour"])
    #expect(unknown.code == 2 && unknown.errors.contains("potency, toxic"), "\(unknown.story)")
  }

  @Test func `a search tries recipes and trains the best`() throws {
    let model = scratch.path("m.model")
    let trained = try Program.run(
      ["train", try table(), "-o", model, "--model", "knn", "--tune", "1"] + tasks)
    #expect(trained.code == 0, "\(trained.story)")
    let card = try String(contentsOfFile: "\(model)/CARD.md", encoding: .utf8)
    #expect(card.contains("1 recipes by successive halving"))
  }

  @Test func `a model of a later version, and one that was cut, are bad inputs`() throws {
    let fixture = try Fixture.made.get()
    let model = scratch.path("m.model")
    try FileManager.default.copyItem(atPath: fixture.model, toPath: model)
    let manifest = URL(filePath: "\(model)/recipe.json")
    let text = try String(contentsOf: manifest, encoding: .utf8)
    try Data(text.replacing(/"format"\s*:\s*1/, with: "\"format\": 9").utf8).write(to: manifest)
    let later = try Program.run(["predict", model, fixture.compounds])
    #expect(later.code == 3 && later.errors.contains("its format is 9"), "\(later.story)")
    try Data(text.utf8).write(to: manifest)
    try FileManager.default.removeItem(atPath: "\(model)/calibration.json")
    let cut = try Program.run(["predict", model, fixture.compounds])
    #expect(cut.code == 3 && cut.errors.contains("calibration.json"), "\(cut.story)")
  }
}
