import Featurization
import Foundation
import Molecules
import Parallelism
import PropertyModels
import Records

/// Trains two towers on pairs and answers the pairs of other rows.
///
/// It only answers: `suites/affinity.py` makes the splits' names and scores.
@main
struct Affinity {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count == 6 else {
      print(
        """
        usage: Affinity COMPOUNDS PROTEINS PAIRS SPLIT SETTINGS ANSWERS
        COMPOUNDS has the columns id, smiles; PROTEINS id, sequence; PAIRS compound, protein, value, fold,
        where ids are rows from 0. SPLIT is folds (each fold tested by the others), train:N (the folds
        but N learn, fold "test" is answered), or cold:compound|protein|both:SEED. SETTINGS is JSON.
        """)
      exit(2)
    }
    let table = try table(arguments)
    let folds = try Self.folds(arguments[2])
    let settings = try JSONDecoder().decode(Choice.self, from: Data(arguments[4].utf8))
    let writer = try DelimitedWriter(
      to: .file(arguments[5]), header: ["split", "row", "predicted", "mean", "effects"])
    for (name, split) in try splits(arguments[3], table, folds) {
      let begin = ContinuousClock.now
      let train = table.selecting(split.train)
      let model = try AffinityModel(settings.settings, on: train, seed: settings.seed, using: pool)
      let asked = table.selecting(split.test)
      let answers = try model.predictions(of: asked, using: pool)
      let effects = MainEffects(of: train.entries)
      for (place, row) in split.test.enumerated() {
        let entry = table.entries[row]
        try writer.write(
          [name, "\(row)", "\(answers[place])", "\(effects.mean)", "\(effects.value(of: entry))"])
      }
      FileHandle.standardError.write(Data("\(name): \(ContinuousClock.now - begin)\n".utf8))
    }
    try writer.finish()
  }

  private struct Choice: Decodable {
    var seed: UInt64
    var epochs: Int?, batch: Int?, members: Int?, tower: Int?, embedding: Int?
    var head: [Int]?
    var dropout: Float?, proteinScale: Float?
    var learningRate: Double?

    var settings: AffinityModel.Settings {
      var settings = AffinityModel.Settings()
      if let epochs { settings.epochs = epochs }
      if let batch { settings.batch = batch }
      if let members { settings.members = members }
      if let tower { settings.tower = tower }
      if let embedding { settings.embedding = embedding }
      if let head { settings.head = head }
      if let proteinScale { settings.proteinScale = proteinScale }
      if let dropout { settings.dropout = dropout }
      if let learningRate { settings.learningRate = learningRate }
      return settings
    }
  }

  private static func rows(_ path: String) throws -> [[String]] {
    let table = try TableReader(.file(path))
    var rows: [[String]] = []
    while let row = try table.next() {
      guard case .row(let row) = row else { throw Fault("\(path): a row cannot be read") }
      rows.append(row.fields)
    }
    return rows
  }

  private static func table(_ arguments: [String]) throws -> AffinityTable {
    AffinityTable(
      compounds: CompoundTable(smiles: try rows(arguments[0]).map { $0[1] }),
      proteins: try rows(arguments[1]).map { try ProteinSequence($0[1]) },
      entries: try rows(arguments[2]).map { fields in
        guard let compound = Int(fields[0]), let protein = Int(fields[1]),
          let value = Double(fields[2])
        else { throw Fault("\(arguments[2]): a row cannot be read") }
        return AffinityTable.Entry(compound: compound, protein: protein, value: value)
      })
  }

  private static func folds(_ path: String) throws -> [String] { try rows(path).map { $0[3] } }

  private static func splits(
    _ text: String, _ table: AffinityTable, _ folds: [String]
  ) throws -> [(String, (train: [Int], test: [Int]))] {
    func rows(_ isChosen: (String) -> Bool) -> [Int] {
      folds.indices.filter { isChosen(folds[$0]) }
    }
    let parts = text.split(separator: ":").map(String.init)
    switch parts[0] {
    case "folds":
      return Set(folds).subtracting(["test"]).sorted().prefix(Int(parts.last ?? "") ?? 5).map {
        fold in
        (fold, (train: rows { $0 != fold && $0 != "test" }, test: rows { $0 == fold }))
      }
    case "train":
      return Set(folds).subtracting(["test"]).sorted().map { fold in
        (fold, (train: rows { $0 != fold && $0 != "test" }, test: rows { $0 == "test" }))
      }
    case "cold" where parts.count == 3:
      guard let cold = AffinityTable.Cold(rawValue: parts[1]), let seed = UInt64(parts[2]) else {
        throw Fault("no split \(text)")
      }
      return table.folds(5, cold: cold, seed: seed).enumerated().map {
        ("\($0.offset)", $0.element)
      }
    default: throw Fault("no split \(text)")
    }
  }

  private static var pool: WorkerPool {
    WorkerPool(threads: Int(ProcessInfo.processInfo.environment["THREADS"] ?? "2") ?? 2)
  }
}

/// The mean of the training pairs, and what compound and protein each add to it on average.
struct MainEffects {
  let mean: Double
  private let compound: [Int: Double], protein: [Int: Double]

  init(of entries: [AffinityTable.Entry]) {
    let mean = entries.reduce(0) { $0 + $1.value } / Double(max(1, entries.count))
    func effects(_ key: (AffinityTable.Entry) -> Int) -> [Int: Double] {
      Dictionary(grouping: entries, by: key)
        .mapValues { $0.reduce(0) { $0 + $1.value } / Double($0.count) - mean }
    }
    self.mean = mean
    compound = effects(\.compound)
    protein = effects(\.protein)
  }

  func value(of entry: AffinityTable.Entry) -> Double {
    mean + compound[entry.compound, default: 0] + protein[entry.protein, default: 0]
  }
}

/// Why nothing can be answered.
struct Fault: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
