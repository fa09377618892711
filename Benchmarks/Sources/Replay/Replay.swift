import Featurization
import Foundation
import Parallelism
import PropertyModels

/// Plays over again, on assays that were measured long ago, what `osong screen --disease` and
/// `osong next` would have chosen, with the very code that chooses there.
///
/// It only chooses and writes down what it chose: `suites/portfolio.py` and `suites/learning.py` count.
@main
struct Replay {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch arguments.first {
    case "predict" where arguments.count == 5:
      guard let rows = TargetPredictions.Rows(rawValue: arguments[2]) else {
        throw Fault("no rows \(arguments[2])")
      }
      try TargetPredictions.make(
        table: arguments[1], rows: rows, model: model(arguments[3]), pool: pool
      ).write(to: arguments[4])
    case "plates" where arguments.count == 6:
      try PlateReplay(
        priceMean: number(arguments[2]), priceDeviation: number(arguments[3]),
        draws: Int(number(arguments[4])), pool: pool
      ).run(folder: arguments[1], to: arguments[5])
    case "learning" where arguments.count == 5:
      try LearningReplay(
        table: arguments[1], starts: arguments[2], model: model(arguments[3]), pool: pool
      ).run(to: arguments[4])
    default:
      print(
        """
        usage: Replay predict TABLE test|nested MODEL PREDICTIONS
               Replay plates FOLDER-OF-PREDICTIONS PRICE-MEAN PRICE-DEVIATION DRAWS PLATES
               Replay learning TABLE STARTS MODEL CHOICES
        TABLE has the columns smiles, value, split; STARTS seed, row: the compounds measured first.
        Prices are drawn from a log-normal distribution, by their logarithm's mean and deviation.
        """)
      exit(2)
    }
  }

  private static func number(_ text: String) throws -> Double {
    guard let number = Double(text), number.isFinite else { throw Fault("\(text) is no number") }
    return number
  }

  private static func model(_ name: String) throws -> StandardModel {
    guard let model = StandardModel(rawValue: name) else { throw Fault("no model \(name)") }
    return model
  }

  private static var pool: WorkerPool {
    WorkerPool(threads: Int(ProcessInfo.processInfo.environment["THREADS"] ?? "1") ?? 1)
  }
}

extension StandardModel {
  /// The recipe that a shelf of models trains for this family.
  var shelfRecipe: ModelRecipe {
    StandardModel.recipe(
      of: [self],
      Settings(
        features: self == .network ? CompoundFeatures(fingerprints: .fourCounts) : .standard))
  }
}

/// Why a replay cannot be made.
struct Fault: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
