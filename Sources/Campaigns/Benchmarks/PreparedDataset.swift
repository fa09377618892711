import Entities
import Evaluation
import Featurization
import Foundation
import Molecules
import Parallelism
import PropertyModels
import Provenance
import Records

/// A row of a data set, its structure standardised.
struct BenchmarkRow: Hashable, Sendable {
  /// The place in the table, from 1; rows of the test file count on.
  let row: Int
  let id: String
  let smiles: String
  let value: Double
  /// The part that the data itself names.
  let part: Part?

  enum Part: String, Codable, Sendable {
    case train, test
  }
}

/// The rows of a data set that can be used, and those that cannot, with the reasons.
struct PreparedDataset: Sendable {
  let dataset: BenchmarkDataset
  var rows: [BenchmarkRow] = []
  var refused: [RefusedRecord] = []
  /// The digests of the files that were read.
  var files: [Artifact] = []
  /// The identifiers to learn from, for each replicate, where the split is of that kind.
  var draws: [[String]] = []

  init(_ dataset: BenchmarkDataset) { self.dataset = dataset }

  /// Reads the files; what is wrong with them as a whole is told, not thrown, so that all problems
  /// of a suite can be listed at once.
  static func read(
    _ dataset: BenchmarkDataset, in folder: URL, pool: WorkerPool
  ) -> (PreparedDataset, problems: [String]) {
    var prepared = PreparedDataset(dataset)
    var problems: [String] = []
    let files =
      [(dataset.file, dataset.testFile == nil ? nil : BenchmarkRow.Part.train)]
      + (dataset.testFile.map { [($0, .test)] } ?? [])
    for (file, part) in files {
      do {
        prepared.files.append(try check(file, in: folder))
        let source = RecordSource.file(folder.appending(path: file.path).path)
        try prepared.append(source, part, pool)
      } catch { problems.append("\(dataset.name): \(error)") }
    }
    if problems.isEmpty {
      do { try prepared.readSplit(in: folder) } catch {
        problems.append("\(dataset.name): \(error)")
      }
    }
    return (prepared, problems)
  }

  private static func check(_ file: BenchmarkDataset.File, in folder: URL) throws -> Artifact {
    let url = folder.appending(path: file.path)
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw SuiteError.Reason("there is no file \(file.path) in the folder of data")
    }
    let artifact = try Artifact(fileAt: url)
    if let expected = file.digest, artifact.digest != expected {
      throw SuiteError.Reason(
        "\(file.path) has the digest \(artifact.digest.hex.prefix(12))…, the suite names"
          + " \(expected.hex.prefix(12))…: it is another edition of the data")
    }
    return artifact
  }

  private mutating func append(
    _ source: RecordSource, _ part: BenchmarkRow.Part?, _ pool: WorkerPool
  ) throws {
    let columns = ColumnSelection(
      structure: dataset.smiles.map { .named($0) }, id: dataset.id.map { .named($0) })
    let reader = try CompoundReader(source, columns: columns)
    let value = try column(dataset.value, reader.header)
    let split: Int? =
      if case .column(let name, _) = dataset.split { try column(name, reader.header) } else { nil }
    let task = dataset.task
    let first = rows.count + refused.count
    let preparation = CompoundPreparation()
    try pool.stream(
      next: { try reader.nextChunk(64) },
      transform: { records in
        records.map { Self.row($0, value, split, part, preparation, first, task) }
      },
      consume: { results in
        for result in results {
          switch result {
          case .success(let row): rows.append(row)
          case .failure(let refusal): refused.append(refusal.record)
          }
        }
      })
  }

  private func column(_ name: String, _ header: [String]) throws -> Int {
    if let index = header.firstIndex(of: name) { return index }
    throw SuiteError.Reason("no column is called \(name)\(Suggestion.among(header, for: name))")
  }

  private struct Refused: Error { let record: RefusedRecord }

  private static func row(
    _ read: ReadRecord, _ value: Int, _ split: Int?, _ given: BenchmarkRow.Part?,
    _ preparation: CompoundPreparation, _ first: Int, _ task: LearningTask
  ) -> Result<BenchmarkRow, Refused> {
    switch read {
    case .refused(let record, _): return .failure(Refused(record: record))
    case .record(let record):
      do throws(Refusal) {
        let text = record.fields[value].trimmingCharacters(in: .whitespaces)
        if text.isEmpty { throw .missingValue(column: task.name) }
        guard let number = Double(text), number.isFinite,
          task.kind == .regression || number == 0 || number == 1,
          task.scale == .linear || number > 0
        else { throw .notANumber(column: task.name, text: String(text.prefix(40))) }
        let part: BenchmarkRow.Part?
        if let split {
          guard let known = SplitRole(text: record.fields[split]) else {
            throw .notANumber(column: "split", text: String(record.fields[split].prefix(40)))
          }
          part = known == .train ? .train : .test
        } else {
          part = given
        }
        let compound = try preparation.compound(from: record.structure)
        return .success(
          BenchmarkRow(
            row: first + record.row, id: record.id, smiles: compound.smiles, value: number,
            part: part))
      } catch {
        return .failure(
          Refused(record: RefusedRecord(line: record.line, id: record.id, reason: error)))
      }
    }
  }

  private mutating func readSplit(in folder: URL) throws {
    switch dataset.split {
    case .table(let path, _):
      try part(by: folder.appending(path: path))
      files.append(try Artifact(fileAt: folder.appending(path: path)))
    case .draws(let path):
      let url = folder.appending(path: path)
      guard let lists = try? StableJSON.decode([[String]].self, at: url), !lists.isEmpty else {
        throw SuiteError.Reason("\(path) is no JSON list of lists of identifiers")
      }
      let known = Set(rows.map(\.id) + refused.map(\.id))
      let unknown = Set(lists.joined()).subtracting(known)
      guard unknown.isEmpty else {
        throw SuiteError.Reason(
          "the split names \(unknown.count) unknown ids: \(unknown.sorted().prefix(3))")
      }
      draws = lists
      files.append(try Artifact(fileAt: url))
    default: break
    }
  }

  /// Parts the rows by a table `id,part`.
  private mutating func part(by url: URL) throws {
    let table = try TableReader(.file(url.path))
    let (id, part) = (try column("id", table.header), try column("part", table.header))
    var parts: [String: BenchmarkRow.Part] = [:]
    let known = Set(rows.map(\.id) + refused.map(\.id))
    var unknown: [String] = []
    var torn: [String] = []
    while let next = try table.next() {
      guard case .row(let row) = next, let role = SplitRole(text: row.fields[part]) else {
        throw SuiteError.Reason("\(url.lastPathComponent) has a row that names no part")
      }
      let name = row.fields[id]
      let place = role == .train ? BenchmarkRow.Part.train : .test
      if !known.contains(name) { unknown.append(name) }
      if let other = parts[name], other != place { torn.append(name) }
      parts[name] = place
    }
    func few(_ names: [String]) -> String {
      names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", …" : "")
    }
    guard unknown.isEmpty else {
      throw SuiteError.Reason("the split names \(unknown.count) unknown ids: \(few(unknown))")
    }
    guard torn.isEmpty else {
      throw SuiteError.Reason("\(torn.count) ids stand in both parts of the split: \(few(torn))")
    }
    rows = rows.map {
      BenchmarkRow(
        row: $0.row, id: $0.id, smiles: $0.smiles, value: $0.value, part: parts[$0.id])
    }
  }
}

extension SuiteError {
  /// One reason, without the suite's name.
  struct Reason: Error, CustomStringConvertible {
    let description: String
    init(_ text: String) { description = text }
  }
}
