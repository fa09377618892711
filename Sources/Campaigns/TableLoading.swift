import Entities
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
    var unparted: [PreparedRow] = []
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
    if splitIndex == nil {
      part(unparted, request)
    } else {
      splitDescription = "fixed, from the column \(reader.header[splitIndex ?? 0])"
    }
    train = train.mergingDuplicates()
    test = test.mergingDuplicates()
    let seen = Set(train.compounds.map(\.smiles))
    leaked = test.compounds.count { seen.contains($0.smiles) }
  }

  /// A seeded random part is kept for the test; scaffolds are the better judge where they are many.
  private mutating func part(_ rows: [PreparedRow], _ request: TrainingRequest) {
    let order = SeededOrder.of(rows.count, seed: request.settings.seed)
    let testCount = Int((Double(rows.count) * request.testShare).rounded())
    let isTest = Set(order.prefix(testCount))
    for (index, row) in rows.enumerated() {
      if isTest.contains(index) { test.append(row) } else { train.append(row) }
    }
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

/// A seeded permutation.
enum SeededOrder {
  /// A Fisher–Yates shuffle driven by SplitMix64 (Steele, Lea and Flood 2014).
  static func of(_ count: Int, seed: UInt64) -> [Int] {
    var state = seed &+ 0x5DEE_CE66
    func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
    var order = Array(0..<count)
    for index in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(index, Int(next() % UInt64(index + 1)))
    }
    return order
  }
}
