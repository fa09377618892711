internal import FoundationEssentials
public import Tensors

/// A network with the weights of a trained chemprop 2 model.
///
/// `Benchmarks/peers/chemprop_export.py` writes such a file from a checkpoint; the tensors keep
/// chemprop's names, and the note `chemprop` says what they cannot.
public struct ChempropModel: Hashable, Sendable {
  /// The network with chemprop's weights.
  ///
  /// A regression's outputs have the targets' unit: chemprop's scaling is part of the
  /// last layer, its batch normalisation of the first layer of the predictor.
  public let network: MessagePassingNetwork
  /// Whether the outputs are logarithms of odds, of probabilities otherwise called by name.
  public let isClassifier: Bool

  /// Reads an exported model.
  public init(reading file: Safetensors) throws(ChempropError) {
    guard let text = file.metadata["chemprop"],
      let notes = try? JSONDecoder().decode(ChempropNotes.self, from: Data(text.utf8))
    else { throw .unreadableNotes }
    let tensors = ChempropTensors(file)
    let architecture = try tensors.architecture(notes)
    var network = MessagePassingNetwork(architecture, seed: 0)
    network.parameters = try tensors.parameters(of: network)
    self.network = network
    isClassifier = notes.task == "classification"
  }
}

/// Why a chemprop model cannot be used.
public enum ChempropError: Error, Hashable, Sendable {
  /// The file has no notes, or not those of `chemprop_export.py`.
  case unreadableNotes
  /// The model has a part that our network lacks.
  case unsupported(String)
  /// A tensor is missing or has another shape.
  case tensor(SafetensorsError)
}

extension ChempropError: CustomStringConvertible {
  /// One line for a person.
  public var description: String {
    switch self {
    case .unreadableNotes: "not a model exported by chemprop_export.py"
    case .unsupported(let part): "the chemprop model has \(part), which is not supported"
    case .tensor(let error): "\(error)"
    }
  }
}

struct ChempropNotes: Decodable {
  let messages: MessageKind
  let depth: Int
  let aggregation: String
  let norm: Float
  let activation: String
  let task: String
}
