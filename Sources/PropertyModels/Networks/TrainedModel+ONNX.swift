public import Foundation
import NeuralNetworks
import Provenance

/// Why a model cannot be written as ONNX files.
public enum ONNXExportError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Its family is not one of networks.
  case notNetworks(family: String)

  /// One line for a person.
  public var description: String {
    switch self {
    case .notNetworks(let family):
      "a model of the family \(family) is no network: nothing to export"
    }
  }
}

extension TrainedModel {
  /// Every network of the model as an ONNX file, by the file's name.
  ///
  /// The note `tasks` says what each output column means and how to come back to its unit:
  /// `value = output · deviation + mean`, a power of ten of that for a logarithmic scale, and
  /// `1 / (1 + e^−output)` for a class. The model's answer is the mean over its files of one kind.
  public func onnxFiles() throws -> [String: Data] {
    guard let networks = fitted as? any ONNXEnsemble else {
      throw ONNXExportError.notNetworks(family: recipe.name)
    }
    return try networks.onnxFiles { numbers in
      let notes = numbers.map { NetworkTask(task: tasks[$0], scaling: scalings[$0]) }
      return [
        "family": recipe.name,
        "tasks": String(decoding: try StableJSON.encode(notes), as: UTF8.self),
      ]
    }
  }
}

/// What an output column of a file means.
private struct NetworkTask: Codable {
  let task: LearningTask
  let scaling: TaskScaling
}

/// Fitted networks of any family.
private protocol ONNXEnsemble {
  func onnxFiles(notes: ([Int]) throws -> [String: String]) throws -> [String: Data]
}

extension FittedNetworks: ONNXEnsemble {
  fileprivate func onnxFiles(
    notes: ([Int]) throws -> [String: String]
  ) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for group in groups {
      for (member, network) in group.networks.enumerated() {
        guard let network = network as? any ONNXWritable else {
          throw ONNXExportError.notNetworks(family: Family.name)
        }
        files["\(group.kind.rawValue)-\(member).onnx"] = Data(
          network.onnx(notes: try notes(group.tasks)))
      }
    }
    return files
  }
}
