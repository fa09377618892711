import Entities
import Evaluation
import Featurization
import Foundation
import Molecules
import Parallelism
import PropertyModels
import Records

/// A table of activities, read, standardised, merged and parted.
struct LoadedTable {
  private(set) var tasks: [LearningTask] = []
  private(set) var train: LabelledRows
  private(set) var test: LabelledRows
  var refused: [RefusedRecord] = []
  private(set) var contradictions: [Contradiction] = []
  private(set) var splitDescription = ""
  /// Test compounds whose structure is in the training set too.
  private(set) var leaked = 0

  init(_ source: RecordSource, request: TrainingRequest, pool: WorkerPool) throws {
    let reader = try CompoundReader(source, columns: request.columns.structure)
    let columns = try LabelColumns(request.columns, in: reader.header)
    // Row numbers alone say little in a report: a table without identifiers gives its name.
    let stem = reader.idColumn == nil ? source.stem : nil
    let empty = LabelledRows(tasks: columns.values.count)
    (train, test) = (empty, empty)
    var unparted = empty
    try pool.stream(
      next: { try reader.nextChunk(64) },
      transform: { records in
        records.map { Self.prepare($0, columns, request, idsFrom: stem) }
      },
      consume: { rows in
        for row in rows {
          switch row {
          case .refused(let record): refused.append(record)
          case .ready(let row, nil): unparted.append(row)
          case .ready(let row, .train?): train.append(row)
          case .ready(let row, .test?): test.append(row)
          }
        }
      })
    let all = zip(zip(train.labels, test.labels), unparted.labels).map { $0.0 + $0.1 + $1 }
    tasks = zip(columns.values, all).map { column, labels in
      request.endpoint.task(
        column: reader.header[column], scale: request.columns.scale,
        isOnly: columns.values.count == 1, labels: labels)
    }
    if let split = columns.split {
      splitDescription = "fixed, from the column \(reader.header[split])"
      (train, contradictions) = train.merged(tasks)
      test = test.merged(tasks).rows
    } else {
      try part(unparted, request, pool)
    }
    let seen = Set(train.smiles)
    leaked = test.smiles.count { seen.contains($0) }
  }

  /// A part is kept for the test.
  ///
  /// Structures are parted, not rows: repeated measurements of one stay on one side.
  private mutating func part(
    _ rows: LabelledRows, _ request: TrainingRequest, _ pool: WorkerPool
  ) throws {
    let merged: LabelledRows
    (merged, contradictions) = rows.merged(tasks)
    let share = request.testShare
    let fractions = SplitFractions(train: 1 - share, test: share)
    let kept = "\(Int((share * 100).rounded())) % kept for the test, seed \(request.seed)"
    let split: Split
    switch request.split {
    case .random:
      split = RandomSplit(fractions: fractions, seed: request.seed).split(count: merged.count)
      splitDescription = "random, \(kept): optimistic for new chemistry"
    case .scaffold:
      split = try ScaffoldSplit(.balanced, fractions: fractions, seed: request.seed)
        .split(smiles: merged.smiles, pool: pool)
      splitDescription = "by scaffold, \(kept)"
    }
    train = merged.selecting(split.train)
    test = merged.selecting(split.test)
  }

  private enum Row: Sendable {
    case ready(LabelledRow, SplitRole?)
    case refused(RefusedRecord)
  }

  private static func prepare(
    _ record: ReadRecord, _ columns: LabelColumns, _ request: TrainingRequest,
    idsFrom stem: String?
  ) -> Row {
    switch record {
    case .refused(let refused, _): return .refused(refused)
    case .record(let record):
      do throws(Refusal) {
        let labels = try columns.labels(record.fields)
        let role = try columns.role(record.fields)
        let compound = try request.preparation.compound(from: record.structure)
        return .ready(
          LabelledRow(
            id: stem.map { "\($0)-\(record.row)" } ?? record.id, smiles: compound.smiles,
            labels: labels), role)
      } catch {
        return .refused(RefusedRecord(line: record.line, id: record.id, reason: error))
      }
    }
  }

  /// Takes a structure out of the training rows, since a feature cannot be computed of it.
  mutating func refuse(_ smiles: String, _ error: MoleculeError) {
    let rows = train.smiles.indices.filter { train.smiles[$0] == smiles }
    for row in rows {
      refused.append(RefusedRecord(line: 0, id: train.ids[row], reason: error.refusal))
    }
    let out = Set(rows)
    train = train.selecting(train.smiles.indices.filter { !out.contains($0) })
  }
}

/// Where in a row the labels and the split stand.
private struct LabelColumns: Sendable {
  let values: [Int]
  let relation: Int?
  let split: Int?
  let header: [String]
  let scale: ValueScale

  init(_ columns: ActivityColumns, in header: [String]) throws(TrainingError) {
    values = try columns.valueIndices(in: header)
    relation = try columns.relationIndex(in: header)
    split = try columns.splitIndex(in: header)
    self.header = header
    scale = columns.scale
  }

  /// One label a task; a row without any is refused.
  func labels(_ fields: [String]) throws(Refusal) -> [TaskLabel?] {
    var labels: [TaskLabel?] = []
    for column in values {
      labels.append(
        try LabelText.label(
          fields[column], relation: relation.map { fields[$0] } ?? "", column: header[column],
          scale: scale))
    }
    if labels.allSatisfy({ $0 == nil }) {
      throw .missingValue(column: values.map { header[$0] }.joined(separator: ", "))
    }
    return labels
  }

  func role(_ fields: [String]) throws(Refusal) -> SplitRole? {
    guard let split else { return nil }
    guard let role = SplitRole(text: fields[split]) else {
      throw .missingValue(column: header[split])
    }
    return role
  }
}
