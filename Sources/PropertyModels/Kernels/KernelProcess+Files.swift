import Featurization
import LinearAlgebra
import Tensors

extension KernelProcess {
  /// The compounds, their weights and the parameters.
  func files() throws -> ModelFiles {
    var files = ModelFiles()
    try files.add(json: parameters, as: Self.parametersFile)
    var tensors = ["weights": DoublePrecision.tensor(weights)]
    switch doubt {
    case .exact(let scales): tensors["noise-scales"] = DoublePrecision.tensor(scales)
    case .inducing(let gain): tensors["gain"] = DoublePrecision.tensor(gain.elements)
    case .none: break
    }
    files.add(rows, with: tensors, as: Self.file)
    return files
  }

  /// Reads a process; nothing in the files is trusted.
  init(reading files: ModelFiles, features: FeatureRecipe) throws {
    let parameters = try files.json(Self.parametersFile, as: KernelParameters.self)
    guard parameters.areUsable(blocks: features.blocks.count) else {
      throw ModelError.damaged(file: Self.parametersFile, reason: "its variances are none")
    }
    let (rows, file) = try files.rows(Self.file, recipe: features)
    // Beyond this the matrix of all pairs would not fit into memory.
    guard (1...20_000).contains(rows.count),
      let weights = DoublePrecision.numbers(file.tensors["weights"], count: rows.count)
    else { throw ModelError.damaged(file: Self.file, reason: "its weights do not fit its rows") }
    var doubt = Doubt.none
    if let tensor = file.tensors["noise-scales"] {
      guard let scales = DoublePrecision.numbers(tensor, count: rows.count),
        scales.allSatisfy({ $0 > 0 })
      else { throw ModelError.damaged(file: Self.file, reason: "its noise is none") }
      doubt = .exact(noiseScales: scales)
    } else if let tensor = file.tensors["gain"] {
      let count = rows.count * rows.count
      guard let gain = DoublePrecision.numbers(tensor, count: count) else {
        throw ModelError.damaged(file: Self.file, reason: "its certainty does not fit its rows")
      }
      doubt = .inducing(
        gain: Matrix(rows: rows.count, columns: rows.count, elements: gain))
    }
    self.init(
      parameters: parameters, rows: rows, index: SimilarityIndex(rows, features),
      weights: weights, doubt: doubt, inverse: nil)
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
