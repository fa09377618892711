import LinearAlgebra
import Tensors

extension KernelProcess {
  /// The compounds, their weights and the parameters.
  func files(with scaling: DenseScaling) throws -> ModelFiles {
    var files = ModelFiles()
    try files.add(json: parameters, as: Self.parametersFile)
    var tensors = scaling.tensors
    tensors["weights"] = DoublePrecision.tensor(weights)
    switch doubt {
    case .exact(let scales): tensors["noise-scales"] = DoublePrecision.tensor(scales)
    case .inducing(let gain): tensors["gain"] = DoublePrecision.tensor(gain.elements)
    case .none: break
    }
    files.add(rows, with: tensors, as: Self.file)
    return files
  }

  /// Reads a process; nothing in the files is trusted.
  static func read(
    _ files: ModelFiles, features: CompoundFeatures
  ) throws -> (process: KernelProcess, scaling: DenseScaling) {
    let layout = SimilarityLayout(features)
    let parameters = try files.json(parametersFile, as: KernelParameters.self)
    guard parameters.areUsable(parts: layout.parts) else {
      throw ModelError.damaged(file: parametersFile, reason: "its variances are none")
    }
    let (rows, tensors) = try files.rows(file, layout: layout)
    // Beyond this the matrix of all pairs would not fit into memory.
    guard (1...20_000).contains(rows.count),
      let weights = DoublePrecision.numbers(tensors.tensors["weights"], count: rows.count)
    else { throw ModelError.damaged(file: file, reason: "its weights do not fit its rows") }
    var doubt = Doubt.none
    if let tensor = tensors.tensors["noise-scales"] {
      guard let scales = DoublePrecision.numbers(tensor, count: rows.count),
        scales.allSatisfy({ $0 > 0 })
      else { throw ModelError.damaged(file: file, reason: "its noise is none") }
      doubt = .exact(noiseScales: scales)
    } else if let tensor = tensors.tensors["gain"] {
      let count = rows.count * rows.count
      guard let gain = DoublePrecision.numbers(tensor, count: count) else {
        throw ModelError.damaged(file: file, reason: "its certainty does not fit its rows")
      }
      doubt = .inducing(
        gain: Matrix(rows: rows.count, columns: rows.count, elements: gain))
    }
    let process = KernelProcess(
      parameters: parameters, rows: rows, index: SimilarityIndex(rows, layout),
      weights: weights, doubt: doubt, inverse: nil)
    do { return (process, try DenseScaling(of: features.trulyDense, reading: tensors)) } catch {
      throw ModelError.damaged(file: file, reason: "\(error)")
    }
  }
}

extension ProcessSquash {
  static let file = "squash.json"

  /// Reads the way to a probability.
  init(reading files: ModelFiles) throws {
    self = try files.json(Self.file, as: ProcessSquash.self)
    guard slope > 0, slope.isFinite, offset.isFinite else {
      throw ModelError.damaged(file: Self.file, reason: "its numbers are none")
    }
  }
}
