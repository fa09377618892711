import Campaigns
import Entities
import Evaluation
import Foundation
import Molecules
import Parallelism
import PropertyModels
import Records
import Screening

/// What a model says of compounds that it never saw: those that its chances are learned from, and those
/// of which plates are chosen.
struct TargetPredictions {
  /// Which compounds plates are chosen from.
  enum Rows: String {
    /// The benchmark's own test rows.
    case test
    /// Ring systems of its training rows, for looking at before anything is settled.
    case nested
  }

  /// A compound with its scaffold; whether it teaches chances or may be chosen.
  struct Compound {
    let tested: TestedCompound
    let scaffold: String
    let teaches: Bool
  }

  let compounds: [Compound]
  /// The values that the model and its chances were learned from.
  let known: [Double]

  /// Trains as `osong screen --disease` does: a fifth of the known compounds, whole ring systems, are
  /// kept from the model, and chances are learned from them.
  static func make(
    table path: String, rows: Rows, model: StandardModel, pool: WorkerPool
  ) throws -> TargetPredictions {
    let table = try AssayTable(reading: path)
    var known = table.smiles.indices.filter { !table.isTest[$0] }
    var asked = table.smiles.indices.filter { table.isTest[$0] }
    if rows == .nested {
      // Another seed than that of the split below, or both would keep the same compounds.
      let split = try ScaffoldSplit(
        .balanced, fractions: SplitFractions(train: 0.8, test: 0.2), seed: 1
      ).split(smiles: known.map { table.smiles[$0] }, pool: pool)
      (known, asked) = (split.train.map { known[$0] }, split.test.map { known[$0] })
    }
    let task = LearningTask(name: "value", kind: .regression)
    let merged = MergedLabels(
      smiles: known.map { table.smiles[$0] }, tasks: [task],
      labels: [known.map { TaskLabel(table.values[$0]) }])
    let smiles = merged.rows.map { table.smiles[known[$0]] }
    let labels = merged.labels[0]
    let split = try ScaffoldSplit(
      .balanced, fractions: SplitFractions(train: 0.8, test: 0.2), seed: 0
    ).split(smiles: smiles, pool: pool)
    let examples = try Examples(
      compounds: CompoundTable(smiles: split.train.map { smiles[$0] }), tasks: [task],
      labels: [split.train.map { labels[$0] }])
    let trained = try model.shelfRecipe.trainCalibrated(
      on: examples, folds: min(5, split.train.count / 10), in: TrainingContext(seed: 0, pool: pool))

    // What was measured is not bought again; a structure that is asked twice is asked once.
    var seen = Set(smiles)
    let bought = asked.filter { seen.insert(table.smiles[$0]).inserted }
    let questions =
      split.test.map { (smiles: smiles[$0], value: labels[$0]?.value ?? 0, teaches: true) }
      + bought.map { (smiles: table.smiles[$0], value: table.values[$0], teaches: false) }
    let answers = try trained.outcomes(
      for: CompoundTable(smiles: questions.map(\.smiles)), using: pool)
    var compounds: [Compound] = []
    for (question, answer) in zip(questions, answers) {
      guard let answer = try? answer.get(), case .number(let value) = answer.tasks[0] else {
        continue
      }
      compounds.append(
        Compound(
          tested: TestedCompound(
            task: task.name, id: question.smiles, smiles: question.smiles,
            measured: question.value, prediction: value,
            nearest: NearestMeasured(
              id: answer.nearest.compound.id, smiles: answer.nearest.compound.smiles,
              similarity: answer.nearest.similarity,
              value: answer.nearest.compound.labels[0]?.value ?? .nan),
            inDomain: answer.inDomain),
          scaffold: try Structure(parsing: question.smiles).scaffoldSMILES(),
          teaches: question.teaches))
    }
    return TargetPredictions(compounds: compounds, known: labels.compactMap { $0?.value })
  }
}

extension TargetPredictions {
  private static let header = [
    "part", "smiles", "scaffold", "measured", "predicted", "unc", "lo", "hi", "similarity",
    "in_domain",
  ]

  /// Writes all of it; the known values are rows without a prediction.
  func write(to path: String) throws {
    let writer = try DelimitedWriter(to: .file(path), header: Self.header)
    for value in known {
      try writer.write(["known", "", "", "\(value)", "", "", "", "", "", ""])
    }
    for compound in compounds {
      let (tested, prediction) = (compound.tested, compound.tested.prediction)
      let numbers = [
        tested.measured, prediction.value, prediction.uncertainty, prediction.lower,
        prediction.upper, tested.nearest.similarity,
      ]
      try writer.write(
        [compound.teaches ? "teaches" : "asked", tested.smiles, compound.scaffold]
          + numbers.map { "\($0)" } + ["\(tested.inDomain)"])
    }
    try writer.finish()
  }

  init(reading path: String) throws {
    let table = try TableReader(.file(path))
    guard table.header == Self.header else { throw Fault("\(path) holds no predictions") }
    var (compounds, known) = ([Compound](), [Double]())
    while let row = try table.next() {
      guard case .row(let row) = row, let measured = Double(row.fields[3]) else {
        throw Fault("\(path): a row cannot be read")
      }
      let fields = row.fields
      guard fields[0] != "known" else {
        known.append(measured)
        continue
      }
      let numbers = fields[4...8].compactMap { Double($0) }
      guard numbers.count == 5 else {
        throw Fault("\(path), line \(row.line): a number is missing")
      }
      compounds.append(
        Compound(
          tested: TestedCompound(
            task: "value", id: fields[1], smiles: fields[1], measured: measured,
            prediction: PredictedValue(
              value: numbers[0], uncertainty: numbers[1], lower: numbers[2], upper: numbers[3]),
            nearest: NearestMeasured(id: "", smiles: "", similarity: numbers[4], value: .nan),
            inDomain: fields[9] == "true"),
          scaffold: fields[2], teaches: fields[0] == "teaches"))
    }
    self.init(compounds: compounds, known: known)
  }
}
