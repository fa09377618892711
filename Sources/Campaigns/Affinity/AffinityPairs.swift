import Entities
import Featurization
import Foundation
import Molecules
import Parallelism
import PropertyModels
import Records

/// Measured pairs of compounds and proteins, read, standardised and merged.
struct AffinityPairs {
  let table: AffinityTable
  let compoundIDs: [String]
  let refused: [RefusedRecord]
  /// The column of the values.
  let valueColumn: String
  /// How many rows had a value that could be used; those of one pair were merged to their mean.
  let rows: Int

  private static let proteinNames = [
    "protein_id", "protein", "target_id", "target", "uniprot", "gene",
  ]
  private static let chunk = 4_096

  init(
    _ source: RecordSource, of proteins: ProteinTable, request: AffinityRequest, pool: WorkerPool,
    shouldStop: () -> Bool, progress: (Double) -> Void
  ) throws {
    let reader = try CompoundReader(source, columns: request.columns.structure)
    let columns = try PairColumns(request, in: reader.header)
    var compounds = PreparedCompounds()
    var refused: [RefusedRecord] = []
    var sums: [Pair: (sum: Double, count: Int)] = [:]
    var rows = 0
    while let records = try reader.nextChunk(Self.chunk) {
      if shouldStop() { throw Interruption(of: "the training") }
      compounds.prepare(records, by: request.preparation, using: pool)
      for record in records {
        switch record {
        case .refused(let record, _): refused.append(record)
        case .record(let record):
          do throws(Refusal) {
            let (name, value) = try columns.measurement(record.fields)
            guard let protein = proteins.place(of: name) else {
              throw .filtered("has the protein \(name.prefix(40)), of which no sequence was given")
            }
            let pair = Pair(compound: try compounds.place(of: record), protein: protein)
            let before = sums[pair] ?? (0, 0)
            sums[pair] = (before.sum + value, before.count + 1)
            rows += 1
          } catch {
            refused.append(RefusedRecord(line: record.line, id: record.id, reason: error))
          }
        }
      }
      if let total = reader.totalBytes {
        progress(Double(reader.bytesRead) / Double(max(total, 1)))
      }
    }
    self.refused = refused
    self.rows = rows
    valueColumn = columns.valueName
    compoundIDs = compounds.ids
    table = AffinityTable(
      compounds: CompoundTable(smiles: compounds.smiles), proteins: proteins.sequences,
      entries: sums.sorted { $0.key < $1.key }.map { pair, sum in
        AffinityTable.Entry(
          compound: pair.compound, protein: pair.protein, value: sum.sum / Double(sum.count))
      })
  }

  private struct Pair: Hashable, Comparable {
    let compound: Int, protein: Int

    static func < (one: Pair, other: Pair) -> Bool {
      (one.compound, one.protein) < (other.compound, other.protein)
    }
  }

  /// Where in a row protein and value stand.
  private struct PairColumns {
    let protein: Int, value: Int, relation: Int?
    let valueName: String
    let scale: ValueScale

    init(_ request: AffinityRequest, in header: [String]) throws {
      let names = request.proteinColumn.map { [$0] } ?? AffinityPairs.proteinNames
      guard let protein = names.lazy.compactMap({ header.firstIndex(of: $0) }).first else {
        throw AffinityFault.noProteinColumn(request.proteinColumn, found: header)
      }
      self.protein = protein
      value = try request.columns.valueIndices(in: header)[0]
      relation = try request.columns.relationIndex(in: header)
      valueName = header[value]
      scale = request.columns.scale
    }

    func measurement(_ fields: [String]) throws(Refusal) -> (protein: String, value: Double) {
      let name = fields[protein].trimmingCharacters(in: .whitespaces)
      guard !name.isEmpty else { throw .missingValue(column: "of the protein") }
      let label = try LabelText.label(
        fields[value], relation: relation.map { fields[$0] } ?? "", column: valueName, scale: scale)
      guard let label else { throw .missingValue(column: valueName) }
      guard label.relation == .equal else {
        throw .filtered("has a bound, and two towers learn from numbers alone")
      }
      return (name, label.value)
    }
  }
}

/// The different structures of a table in the order of their first rows, each read once however many
/// rows it stands in.
private struct PreparedCompounds {
  private(set) var ids: [String] = []
  private(set) var smiles: [String] = []
  private var read: [StructureText: Result<String, Refusal>] = [:]
  private var places: [String: Int] = [:]

  /// Standardises what was not seen before.
  mutating func prepare(
    _ records: [ReadRecord], by preparation: CompoundPreparation, using pool: WorkerPool
  ) {
    var fresh: [StructureText] = []
    var seen: Set<StructureText> = []
    for case .record(let record) in records
    where read[record.structure] == nil && seen.insert(record.structure).inserted {
      fresh.append(record.structure)
    }
    let texts = fresh
    let results = pool.map(texts.count) { row -> Result<String, Refusal> in
      do throws(Refusal) {
        return .success(try preparation.compound(from: texts[row]).smiles)
      } catch { return .failure(error) }
    }
    for (text, result) in zip(texts, results) { read[text] = result }
  }

  /// The compound of a record that was prepared.
  mutating func place(of record: CompoundRecord) throws(Refusal) -> Int {
    guard let text = try read[record.structure]?.get() else {
      preconditionFailure("a structure that was not prepared")
    }
    if let place = places[text] { return place }
    places[text] = ids.count
    ids.append(record.id)
    smiles.append(text)
    return ids.count - 1
  }
}
