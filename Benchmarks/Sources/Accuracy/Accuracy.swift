import Entities
import Evaluation
import Foundation
import Molecules
import Parallelism
import PropertyModels
import Records

/// Trains on one table and answers the questions of another, or splits a table by scaffolds.
///
/// The answers' file has no column for measured values, so nothing can be tuned on them here:
/// `suites/tdc.py` scores.
@main
struct Accuracy {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch arguments.first {
    case "answer" where arguments.count == 8: try answer(Array(arguments.dropFirst()))
    case "split" where arguments.count == 4: try split(Array(arguments.dropFirst()))
    case "recipe" where arguments.count == 2:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      print(String(decoding: try encoder.encode(recipe(arguments[1])), as: UTF8.self))
    default:
      print(
        """
        usage: Accuracy answer TRAIN QUESTIONS MODEL,… regression|log|classification SEEDS|only:S
                 CALIBRATED ANSWERS
               Accuracy split TABLE SEED VALIDATION-ROWS
               Accuracy recipe MODEL,…
        A model is a short name, or all of them a recipe in a .json file.
        TRAIN has the columns smiles,value; QUESTIONS and TABLE smiles. The first CALIBRATED seeds
        get intervals of 90 %.
        """)
      exit(2)
    }
  }

  private static func split(_ arguments: [String]) throws {
    let rows = try Rows(reading: arguments[0])
    let split = try ScaffoldSplit(
      .balancedTDC, fractions: SplitFractions(train: 0.8, test: 0.2),
      seed: UInt64(arguments[1]) ?? 0
    ).split(smiles: rows.smiles, pool: pool)
    let text = split.test.map { "\($0)\n" }.joined()
    try text.write(toFile: arguments[2], atomically: true, encoding: .utf8)
  }

  private static func answer(_ arguments: [String]) throws {
    let train = try Rows(reading: arguments[0])
    let questions = try Rows(reading: arguments[1])
    let recipe = try recipe(arguments[2])
    let task = LearningTask(
      name: "value", kind: arguments[3] == "classification" ? .classification : .regression,
      scale: arguments[3] == "log" ? .logarithmic : .linear)
    let seeds =
      arguments[4].hasPrefix("only:")
      ? [UInt64(arguments[4].dropFirst(5)) ?? 0] : (0..<(UInt64(arguments[4]) ?? 1)).map { $0 }
    let calibrated = UInt64(arguments[5]) ?? 0
    let table = CompoundTable(smiles: train.smiles + questions.smiles)
    let (examples, _) = try Examples(
      compounds: table.selecting(0..<train.smiles.count), tasks: [task],
      labels: [train.labels(of: task)]
    ).merged(tolerance: 0)
    let asked = table.selecting(train.smiles.count..<train.smiles.count + questions.smiles.count)
    let writer = try DelimitedWriter(
      to: .file(arguments[6]), header: ["seed", "row", "value", "lo", "hi", "seconds"])
    for seed in seeds {
      let begin = clock()
      let context = TrainingContext(seed: seed, pool: pool)
      let answers: [[String]]
      if seed < calibrated {
        let model = try recipe.trainCalibrated(on: examples, in: context)
        answers = try model.predictions(for: asked, using: pool).map { prediction in
          guard case .number(let number) = prediction.tasks[0] else {
            return ["\(prediction.tasks[0].value)", "", ""]
          }
          return ["\(number.value)", "\(number.lower)", "\(number.upper)"]
        }
      } else {
        let model = try recipe.train(on: examples, in: context)
        answers = try model.values(for: asked, using: pool)[0].map { ["\($0)", "", ""] }
      }
      let seconds = Double(clock() - begin) / 1e6  // CLOCKS_PER_SEC is 10⁶ in POSIX.
      for (row, answer) in answers.enumerated() {
        try writer.write(["\(seed)", "\(row)"] + answer + ["\(seconds)"])
      }
    }
    try writer.finish()
  }

  /// The mean of families by their short names, or a recipe in a file.
  private static func recipe(_ text: String) throws -> ModelRecipe {
    if text.hasSuffix(".json") {
      return try JSONDecoder().decode(
        ModelRecipe.self, from: Data(contentsOf: URL(filePath: text)))
    }
    let models = try text.split(separator: ",").map { name in
      guard let model = StandardModel(rawValue: String(name)) else {
        throw UnknownModel(name: "\(name)")
      }
      return model
    }
    return StandardModel.recipe(of: models)
  }

  private static var pool: WorkerPool {
    WorkerPool(threads: Int(ProcessInfo.processInfo.environment["THREADS"] ?? "1") ?? 1)
  }
}

/// A model that no family is called.
struct UnknownModel: Error, CustomStringConvertible {
  let name: String
  var description: String { "no model is called \(name)" }
}
