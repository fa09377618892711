import Entities
import Foundation
import NeuralNetworks
import Provenance
import Synchronization
import Tensors

/// Trained networks, kept on disk until their model is finished.
struct NetworkStore: Sendable {
  private let folder: URL
  private let architecture: MultilayerPerceptron.Architecture

  /// Opens the store of one training; networks of any other are removed.
  init(in workFolder: URL, key: Digest, architecture: MultilayerPerceptron.Architecture) throws {
    self.architecture = architecture
    folder = workFolder.appending(path: "networks-\(key.short)")
    let files = FileManager.default
    try files.createDirectory(at: workFolder, withIntermediateDirectories: true)
    for name in try files.contentsOfDirectory(atPath: workFolder.path)
    where name.hasPrefix("networks-") && name != folder.lastPathComponent {
      try files.removeItem(at: workFolder.appending(path: name))
    }
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// The stored network of a name, or a newly trained one, stored before it is returned.
  func network(
    _ name: String, train: () -> MultilayerPerceptron?
  ) throws -> MultilayerPerceptron {
    let url = folder.appending(path: "\(name).safetensors")
    if let bytes = try? Data(contentsOf: url),
      let file = try? Safetensors(decoding: [UInt8](bytes)),
      let network = try? MultilayerPerceptron(architecture, reading: file)
    {
      return network
    }
    guard let network = train() else { throw Interruption(of: "the training") }
    let file = Safetensors(tensors: network.parameters.named())
    try AtomicFile.write(file.encoded(), to: url)
    return network
  }
}

/// Counts what several threads have done.
final class Counter: Sendable {
  private let value = Atomic(0)

  /// Adds one and returns the new count.
  func increment() -> Int { value.wrappingAdd(1, ordering: .relaxed).newValue }
}
