import Entities
import Foundation
import Molecules
import Provenance
import Records

/// What is known of a prepared data set besides its rows.
struct DatasetRecord: Codable, Hashable {
  /// What the rows were made from and how: another key, and they are made again.
  var key: Digest
  var name: String
  var rows: Int
  var refused: Int
  var files: [Artifact]
  var digest: Digest
  /// The identifiers to learn from, where the split is a list of them for each replicate.
  var draws: [[String]]?
}

extension PreparedDataset {
  static func key(_ dataset: BenchmarkDataset, _ files: [Artifact]) throws -> Digest {
    Digest(of: try StableJSON.encode(dataset) + StableJSON.encode(files))
  }

  /// Writes rows, refusals and, last, the record that vouches for them.
  func write(into folder: URL) throws {
    let name = BenchmarkModel.fileName(dataset.name)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let url = folder.appending(path: "\(name).csv")
    let writer = try DelimitedWriter(
      to: .file(url.path), header: ["row", "id", "smiles", "value", "part"])
    for row in rows {
      try writer.write([
        "\(row.row)", row.id, row.smiles, "\(row.value)", row.part?.rawValue ?? "",
      ])
    }
    try writer.finish()
    let log = try DelimitedWriter(
      to: .file(folder.appending(path: "\(name).refused.csv").path),
      header: ["line", "id", "reason"])
    for record in refused { try log.write(["\(record.line)", record.id, "\(record.reason)"]) }
    try log.finish()
    let record = DatasetRecord(
      key: try Self.key(dataset, files), name: dataset.name, rows: rows.count,
      refused: refused.count, files: files, digest: try Digest(ofFileAt: url),
      draws: draws.isEmpty ? nil : draws)
    try StableJSON.write(record, to: folder.appending(path: "\(name).json"))
  }

  /// Reads what an earlier run wrote; nil where it is not there or of other data.
  static func read(_ dataset: BenchmarkDataset, from folder: URL, key: Digest) -> PreparedDataset? {
    let name = BenchmarkModel.fileName(dataset.name)
    let url = folder.appending(path: "\(name).csv")
    guard
      let record = try? StableJSON.decode(
        DatasetRecord.self, at: folder.appending(path: "\(name).json")),
      record.key == key, (try? Digest(ofFileAt: url)) == record.digest,
      let table = try? TableReader(.file(url.path))
    else { return nil }
    var prepared = PreparedDataset(dataset)
    prepared.files = record.files
    prepared.draws = record.draws ?? []
    while case .row(let row)? = try? table.next() {
      guard let number = Int(row.fields[0]), let value = Double(row.fields[3]) else { return nil }
      prepared.rows.append(
        BenchmarkRow(
          row: number, id: row.fields[1], smiles: row.fields[2], value: value,
          part: BenchmarkRow.Part(rawValue: row.fields[4])))
    }
    return prepared.rows.count == record.rows ? prepared : nil
  }
}
