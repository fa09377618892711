import Featurization
import Foundation
import NeuralNetworks
import Tensors

extension AffinityModel {
  private static let notesFile = "towers.json"
  private static let proteinsFile = "proteins.json"
  private static let weightsFile = "towers.safetensors"

  private struct Notes: Codable {
    var settings: Settings
    var scaling: ValueScaling
  }

  /// Everything needed to read it again: settings and scale, the proteins' chains, the weights.
  public func files() throws -> ModelFiles {
    var files = ModelFiles()
    try files.add(json: Notes(settings: settings, scaling: scaling), as: Self.notesFile)
    try files.add(json: proteins.map(\.letters), as: Self.proteinsFile)
    var tensors: [String: Tensor] = [:]
    for (member, network) in networks.enumerated() {
      tensors.merge(network.parameters.named(prefix: "\(member).")) { $1 }
    }
    files.add(tensors, as: Self.weightsFile)
    return files
  }

  /// Reads what was written; nothing in the files is trusted.
  ///
  /// What is read answers with the same bits as what was written.
  public init(reading files: ModelFiles) throws(ModelError) {
    let notes = try files.json(Self.notesFile, as: Notes.self)
    if let flaw = notes.settings.flaw {
      throw .damaged(file: Self.notesFile, reason: "it asks for \(flaw)")
    }
    guard notes.scaling.mean.isFinite, notes.scaling.deviation.isFinite,
      notes.scaling.deviation > 0
    else { throw .damaged(file: Self.notesFile, reason: "its scale is none") }
    let proteins = try Self.proteins(files)
    let file = try files.tensors(Self.weightsFile)
    let architecture = notes.settings.architecture(proteins: proteins.count)
    // Before room is made for weights that a lying file only speaks of.
    let numbers = file.tensors.values.reduce(0) { $0 + $1.count }
    guard numbers == notes.settings.members * architecture.weights else {
      throw .damaged(
        file: Self.weightsFile, reason: "it has \(numbers) weights, not those of its settings")
    }
    var networks: [TwoTowerNetwork] = []
    for member in 0..<notes.settings.members {
      do {
        networks.append(try TwoTowerNetwork(architecture, reading: file, prefix: "\(member)."))
      } catch { throw .damaged(file: Self.weightsFile, reason: "\(error)") }
    }
    self.init(
      settings: notes.settings, proteins: proteins, scaling: notes.scaling, networks: networks)
  }

  private static func proteins(_ files: ModelFiles) throws(ModelError) -> [ProteinSequence] {
    let texts = try files.json(proteinsFile, as: [String].self)
    guard (1...mostProteins).contains(texts.count) else {
      throw .damaged(file: proteinsFile, reason: "it has \(texts.count) proteins")
    }
    var proteins: [ProteinSequence] = []
    for (number, text) in texts.enumerated() {
      do { proteins.append(try ProteinSequence(text)) } catch {
        throw .damaged(file: proteinsFile, reason: "of protein \(number + 1) \(error)")
      }
    }
    return proteins
  }
}
