import Entities
import Evaluation
import Featurization
import Foundation
import Molecules
import Parallelism
import PropertyModels

/// A table of activities, read, prepared and parted.
struct LoadedTable {
  var train = PreparedTable()
  var test = PreparedTable()
  var refused: [RefusedRecord] = []
  var splitDescription = ""
  /// Test compounds whose structure is in the training set too.
  var leaked = 0

  init(
    _ source: RecordSource, columns: ActivityColumns, request: TrainingRequest,
    pool: WorkerPool
  ) throws {
    let reader = try CompoundReader(source, columns: columns.structure)
    let valueIndex = try columns.valueIndex(in: reader.header)
    let splitIndex = try columns.splitIndex(in: reader.header)
    let valueName = reader.header[valueIndex]
    // Row numbers alone say little in a report: a table without identifiers gives its name.
    let stem = reader.idColumn == nil ? source.stem : nil
    var unparted = PreparedTable()
    try pool.stream(
      next: { try reader.nextChunk(64) },
      transform: { records in
        records.map { record in
          Self.prepare(record, valueIndex, valueName, request, idsFrom: stem)
        }
      },
      consume: { rows in
        for row in rows {
          switch row {
          case .refused(let record): refused.append(record)
          case .ready(let line, let fields, let ready):
            guard let splitIndex else {
              unparted.append(ready)
              continue
            }
            switch SplitRole(text: fields[splitIndex]) {
            case .train: train.append(ready)
            case .test: test.append(ready)
            case nil:
              refused.append(
                RefusedRecord(
                  line: line, id: ready.compound.id,
                  reason: .missingValue(column: reader.header[splitIndex])))
            }
          }
        }
      })
    if let splitIndex {
      splitDescription = "fixed, from the column \(reader.header[splitIndex])"
      train = train.mergingDuplicates()
      test = test.mergingDuplicates()
    } else {
      part(unparted.mergingDuplicates(), request)
    }
    let seen = Set(train.compounds.map(\.smiles))
    leaked = test.compounds.count { seen.contains($0.smiles) }
  }

  /// A seeded random part is kept for the test.
  ///
  /// Structures are parted, not rows: repeated measurements of one stay on one side.
  private mutating func part(_ table: PreparedTable, _ request: TrainingRequest) {
    let share = request.testShare
    let split = RandomSplit(
      fractions: SplitFractions(train: 1 - share, test: share), seed: request.settings.seed
    ).split(count: table.count)
    train = table.selecting(split.train)
    test = table.selecting(split.test)
    splitDescription =
      "random, \(Int((request.testShare * 100).rounded())) % kept for the test,"
      + " seed \(request.settings.seed): optimistic for new chemistry"
  }

  private enum Row: Sendable {
    case ready(line: Int, fields: [String], PreparedRow)
    case refused(RefusedRecord)
  }

  private static func prepare(
    _ record: ReadRecord, _ valueIndex: Int, _ valueName: String, _ request: TrainingRequest,
    idsFrom stem: String?
  ) -> Row {
    switch record {
    case .refused(let refused, _): return .refused(refused)
    case .record(let record):
      do throws(Refusal) {
        let text = record.fields[valueIndex].trimmingCharacters(in: .whitespaces)
        if text.isEmpty { throw .missingValue(column: valueName) }
        guard let value = Double(text).flatMap(request.columns.scale.value) else {
          throw .notANumber(column: valueName, text: String(text.prefix(40)))
        }
        let compound = try request.endpoint.preparation.compound(from: record.structure)
        let row = try PreparedRow(
          id: stem.map { "\($0)-\(record.row)" } ?? record.id, value: value, compound,
          request.settings.features)
        return .ready(line: record.line, fields: record.fields, row)
      } catch {
        return .refused(RefusedRecord(line: record.line, id: record.id, reason: error))
      }
    }
  }
}

extension PreparedRow {
  init(
    id: String, value: Double, _ compound: borrowing PreparedStructure, _ recipe: FeatureRecipe
  ) throws(Refusal) {
    do throws(MoleculeError) {
      self.init(
        compound: MeasuredCompound(id: id, smiles: compound.smiles, value: value),
        features: try recipe.row(of: compound.structure),
        words: try compound.structure.fingerprintWords(.ecfp4))
    } catch { throw error.refusal }
  }
}
