import Entities
import Featurization
import Foundation
import Molecules
import Parallelism
import PropertyModels
import Records

/// Measured pairs of compounds and proteins, read, standardised and merged.
struct AffinityPairs {
  private(set) var table: AffinityTable
  private(set) var compoundIDs: [String] = []
  private(set) var refused: [RefusedRecord] = []
  /// The column of the values.
  private(set) var valueColumn = ""
  /// How many rows had a value that could be used; those of one pair were merged to their mean.
  private(set) var rows = 0

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
    valueColumn = columns.valueName
    // A structure stands in as many rows as it was measured on proteins: it is read once.
    var places: [StructureText: Result<Int, Refusal>] = [:]
    var compounds: [String: Int] = [:]
    var sums: [Pair: (sum: Double, count: Int)] = [:]
    while let records = try reader.nextChunk(Self.chunk) {
      if shouldStop() { throw Interruption(of: "the training") }
      let fresh = Set(
        records.compactMap { record in
          if case .record(let record) = record, places[record.structure] == nil {
            return record.structure
          }
          return nil
        }
      ).map { $0 }
      let read = pool.map(fresh.count) { row -> Result<String, Refusal> in
        do throws(Refusal) {
          return .success(try request.preparation.compound(from: fresh[row]).smiles)
        } catch { return .failure(error) }
      }
      let prepared = Dictionary(uniqueKeysWithValues: zip(fresh, read))
      for record in records {
        switch record {
        case .refused(let record, _): refused.append(record)
        case .record(let record):
          do throws(Refusal) {
            let (name, value) = try columns.measurement(record.fields)
            guard let protein = proteins.place(of: name) else {
              throw .filtered("has the protein \(name.prefix(40)), of which no sequence was given")
            }
            if places[record.structure] == nil, let result = prepared[record.structure] {
              places[record.structure] = result.map { smiles in
                if let known = compounds[smiles] { return known }
                compounds[smiles] = compoundIDs.count
                compoundIDs.append(record.id)
                return compoundIDs.count - 1
              }
            }
            guard let compound = try places[record.structure]?.get() else { continue }
            let pair = Pair(compound: compound, protein: protein)
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
    var smiles = [String](repeating: "", count: compoundIDs.count)
    for (text, place) in compounds { smiles[place] = text }
    table = AffinityTable(
      compounds: CompoundTable(smiles: smiles), proteins: proteins.sequences,
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

/// Why two towers cannot be trained or asked.
public enum AffinityFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// No column names the proteins.
  case noProteinColumn(String?, found: [String])
  /// Too few usable pairs.
  case tooFew(pairs: Int, needed: Int)

  /// One line for a reader.
  public var description: String {
    switch self {
    case .noProteinColumn(let name, let found):
      "no column \(name ?? "of proteins such as protein_id"); the table has "
        + "\(found.prefix(12).joined(separator: ", ")) (name one with --protein-column)"
    case .tooFew(let pairs, let needed):
      "only \(pairs) pairs of a compound and a protein could be used, at least \(needed) are needed"
    }
  }
}
