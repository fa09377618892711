import Entities
import Foundation
import Molecules
import Records

/// Another program as a model: it reads two tables and writes a third.
///
/// Called as `COMMAND --train FILE --test FILE --output FILE --task regression|classification
/// --seed N`. The training table has the columns `id,smiles,value`, the test table `id,smiles`; the
/// output must have `id,prediction` for every test row, a probability where the task is one of
/// classes. Measured test values never reach the program. Ids are ours, each once.
struct RivalProcess {
  let command: [String]
  let isClassification: Bool
  let seed: UInt64
  /// The seconds after which it is ended.
  var limit = 4 * 3600.0

  /// Where the program of a command is; nil where there is none.
  static func executable(_ word: String, environment: [String: String]) -> URL? {
    let files = FileManager.default
    if word.contains("/") {
      let url = URL(filePath: word)
      return files.isExecutableFile(atPath: url.path) ? url : nil
    }
    return (environment["PATH"] ?? "").split(separator: ":").lazy
      .map { URL(filePath: String($0)).appending(path: word) }
      .first { files.isExecutableFile(atPath: $0.path) }
  }

  /// Trains and predicts; one number for each test structure, in order.
  func predictions(
    train: [(smiles: String, value: Double)], test: [String], shouldStop: () -> Bool
  ) throws -> [Double] {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "osong-rival-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let output = folder.appending(path: "predictions.csv")
    let learn = try DelimitedWriter(
      to: .file(folder.appending(path: "train.csv").path), header: ["id", "smiles", "value"])
    for (row, compound) in train.enumerated() {
      try learn.write(["train-\(row)", compound.smiles, "\(compound.value)"])
    }
    try learn.finish()
    let asked = try DelimitedWriter(
      to: .file(folder.appending(path: "test.csv").path), header: ["id", "smiles"])
    for (row, smiles) in test.enumerated() { try asked.write(["test-\(row)", smiles]) }
    try asked.finish()
    try run(in: folder, output, shouldStop)
    return try read(output, count: test.count)
  }

  private func run(in folder: URL, _ output: URL, _ shouldStop: () -> Bool) throws {
    var environment = ProcessInfo.processInfo.environment
    // Like our families, one thread a model: the models are many enough.
    for name in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"] {
      environment[name] = "1"
    }
    guard let program = Self.executable(command[0], environment: environment) else {
      throw SuiteError.Reason("there is no program \(command[0])")
    }
    let log = folder.appending(path: "log")
    try Data().write(to: log)
    let process = Process()
    process.executableURL = program
    process.arguments =
      Array(command.dropFirst()) + [
        "--train", folder.appending(path: "train.csv").path,
        "--test", folder.appending(path: "test.csv").path, "--output", output.path,
        "--task", isClassification ? "classification" : "regression", "--seed", "\(seed)",
      ]
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    let handle = try FileHandle(forWritingTo: log)
    process.standardOutput = handle
    process.standardError = handle
    try process.run()
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(limit)
    while process.isRunning {
      let isLate = clock.now > deadline
      if isLate || shouldStop() {
        process.terminate()
        process.waitUntilExit()
        if isLate { throw SuiteError.Reason("it did not end within \(Int(limit)) s") }
        throw Interruption(of: "benchmark")
      }
      Thread.sleep(forTimeInterval: 0.02)
    }
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let said = (try? String(decoding: Data(contentsOf: log).suffix(2000), as: UTF8.self)) ?? ""
      let last = said.split(whereSeparator: \.isNewline).suffix(2).joined(separator: " · ")
      throw SuiteError.Reason("it ended with status \(process.terminationStatus): \(last)")
    }
  }

  private func read(_ output: URL, count: Int) throws -> [Double] {
    guard FileManager.default.fileExists(atPath: output.path) else {
      throw SuiteError.Reason("it wrote no predictions")
    }
    let table = try TableReader(.file(output.path))
    guard let id = table.header.firstIndex(of: "id"),
      let value = table.header.firstIndex(of: "prediction")
    else { throw SuiteError.Reason("its table has no columns id and prediction") }
    var found = [Double?](repeating: nil, count: count)
    while let next = try table.next() {
      guard case .row(let row) = next, row.fields[id].hasPrefix("test-"),
        let number = Int(row.fields[id].dropFirst(5)), found.indices.contains(number)
      else { throw SuiteError.Reason("its table has a row for no test compound") }
      guard let prediction = Double(row.fields[value]), prediction.isFinite else {
        throw SuiteError.Reason(
          "its prediction for test row \(number + 1) is \(row.fields[value]), not a number")
      }
      if isClassification, !(0...1).contains(prediction) {
        throw SuiteError.Reason(
          "its prediction for test row \(number + 1) is \(prediction), not a probability")
      }
      found[number] = prediction
    }
    let missing = found.count { $0 == nil }
    guard missing == 0 else {
      throw SuiteError.Reason("its predictions of \(missing) of \(count) test rows are missing")
    }
    return found.compactMap { $0 }
  }
}
