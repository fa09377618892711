import Foundation
import Molecules
public import Provenance
import Records

/// What stands beside the predictions of one model on one replicate of one data set.
public struct PredictionRecord: Codable, Hashable, Sendable {
  /// The data set.
  public var dataset: String
  /// The replicate, such as `seed-1` or `r2-f5`.
  public var replicate: String
  /// The share of the training rows that was learnt from.
  public var share: Double
  /// The seed of the model.
  public var seed: UInt64
  /// The model.
  public var model: String
  /// Stands for data, rows, seed and settings: another key, and the model is trained again.
  public var key: Digest
  /// The digest of the rows to test on, the same for all models.
  public var testRows: Digest
  /// How many rows were learnt from.
  public var trained: Int
  /// How many were predicted.
  public var tested: Int
  /// The size of the trained model's files; nil for programs of others.
  public var modelBytes: Int?
  /// The digest of the table of predictions.
  public var predictions: Digest
}

/// What a training and its predictions cost; no two runs agree on it.
public struct PredictionCost: Codable, Hashable, Sendable {
  /// The seconds of the training, features made on the way included; for programs of others those
  /// of the whole.
  public var trainSeconds: Double
  /// The seconds of the predictions; nil for programs of others.
  public var predictSeconds: Double?
}

/// Predictions beside what was measured.
public struct StoredPredictions: Hashable, Sendable {
  /// The places of the rows in the data set's table.
  public var rows: [Int] = []
  /// What was measured.
  public var measured: [Double] = []
  /// What was predicted; for classes a probability.
  public var predicted: [Double] = []
  /// How unsure the model says it is, a standard deviation; nil where it says nothing.
  public var deviations: [Double]?
}

/// Where a benchmark's folder keeps what.
struct BenchmarkFolder: Sendable {
  let url: URL
  static let suiteFile = "suite.json"
  static let lockFile = ".lock"

  var data: URL { url.appending(path: "data") }
  var suite: URL { url.appending(path: Self.suiteFile) }

  func base(_ dataset: String, _ replicate: String, _ model: BenchmarkModel) -> URL {
    url.appending(
      path: "predictions/\(BenchmarkModel.fileName(dataset))/\(replicate)/\(model.fileName)")
  }

  func record(_ base: URL) -> PredictionRecord? {
    guard
      let record = try? StableJSON.decode(
        PredictionRecord.self, at: base.appendingPathExtension("json")),
      (try? Digest(ofFileAt: base.appendingPathExtension("csv"))) == record.predictions
    else { return nil }
    return record
  }

  func cost(_ base: URL) -> PredictionCost? {
    try? StableJSON.decode(PredictionCost.self, at: base.appendingPathExtension("cost.json"))
  }

  /// Writes the table, then the record that vouches for it.
  func write(
    _ predictions: StoredPredictions, _ record: PredictionRecord, _ cost: PredictionCost,
    at base: URL
  ) throws {
    try FileManager.default.createDirectory(
      at: base.deletingLastPathComponent(), withIntermediateDirectories: true)
    var text = "row,measured,predicted,deviation\n"
    for place in predictions.rows.indices {
      let deviation = predictions.deviations.map { "\($0[place])" } ?? ""
      text +=
        "\(predictions.rows[place]),\(predictions.measured[place])"
        + ",\(predictions.predicted[place]),\(deviation)\n"
    }
    var record = record
    record.predictions = try AtomicFile.write(text, to: base.appendingPathExtension("csv"))
    try StableJSON.write(cost, to: base.appendingPathExtension("cost.json"))
    try StableJSON.write(record, to: base.appendingPathExtension("json"))
  }

  func predictions(_ base: URL) throws -> StoredPredictions {
    let url = base.appendingPathExtension("csv")
    let table = try TableReader(.file(url.path))
    var stored = StoredPredictions()
    var deviations: [Double] = []
    while let next = try table.next() {
      guard case .row(let row) = next, row.fields.count == 4, let number = Int(row.fields[0]),
        let measured = Double(row.fields[1]), let predicted = Double(row.fields[2]),
        predicted.isFinite, measured.isFinite
      else { throw SuiteError.Reason("\(url.lastPathComponent) is damaged") }
      stored.rows.append(number)
      stored.measured.append(measured)
      stored.predicted.append(predicted)
      if let deviation = Double(row.fields[3]) { deviations.append(deviation) }
    }
    if deviations.count == stored.rows.count { stored.deviations = deviations }
    return stored
  }
}
