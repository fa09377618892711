import Featurization
public import Fingerprints
public import Foundation
import Molecules
import NeuralNetworks
public import Parallelism
public import Provenance
import Tensors

/// Why a model folder cannot be used.
public enum ModelError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is no model at the path.
  case notFound(path: String)
  /// A file of the folder is damaged, or of another format.
  case damaged(file: String, reason: String)

  /// One line for a reader.
  public var description: String {
    switch self {
    case .notFound(let path): "no model at \(path)"
    case .damaged(let file, let reason): "the model's \(file) cannot be used: \(reason)"
    }
  }
}

extension PropertyModel {
  /// The weights and the description.
  public static let weightsFile = "model.safetensors"
  /// The measured compounds: `id,smiles,value`.
  public static let compoundsFile = "training.csv"
  private static let note = "osong.model"
  /// The digest of the measured compounds' file.
  private static let compoundsNote = "osong.training"
  /// The digest of the weights' file as it is without this note.
  private static let sealNote = "osong.digest"
  private static let domainFingerprint = FingerprintAlgorithm.ecfp4

  /// Writes the weights and the measured compounds into a folder; the caller adds the card.
  public func write(into folder: URL) throws {
    let table = folder.appending(path: Self.compoundsFile)
    let writer = try DelimitedWriter(to: .file(table.path), header: ["id", "smiles", "value"])
    for compound in domain.compounds {
      try writer.write([compound.id, compound.smiles, "\(compound.value)"])
    }
    try writer.finish()
    var tensors: [String: Tensor] = [:]
    for (number, network) in networks.enumerated() {
      tensors.merge(network.parameters.named(prefix: "members.\(number).")) { $1 }
    }
    let notes = String(decoding: try StableJSON.encode(description), as: UTF8.self)
    var file = Safetensors(
      tensors: tensors,
      metadata: [Self.note: notes, Self.compoundsNote: try Digest(ofFileAt: table).hex])
    file.metadata[Self.sealNote] = Digest(of: file.encoded()).hex
    try AtomicFile.write(file.encoded(), to: folder.appending(path: Self.weightsFile))
  }

  /// Reads a model folder; nothing in it is trusted.
  public init(at folder: URL, using pool: WorkerPool) throws {
    let url = folder.appending(path: Self.weightsFile)
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw ModelError.notFound(path: folder.path)
    }
    let file = try Self.sealedFile(url)
    guard let notes = file.metadata[Self.note],
      let description = try? StableJSON.decode(ModelDescription.self, from: Data(notes.utf8)),
      description.isUsable
    else { throw ModelError.damaged(file: Self.weightsFile, reason: "it has no description") }
    if let noted = file.metadata[Self.compoundsNote],
      noted != (try? Digest(ofFileAt: folder.appending(path: Self.compoundsFile)))?.hex
    {
      throw ModelError.damaged(file: Self.compoundsFile, reason: "its digest is not the model's")
    }
    let settings = description.settings
    var networks: [MultilayerPerceptron] = []
    for number in 0..<settings.members {
      do {
        networks.append(
          try MultilayerPerceptron(
            settings.architecture, reading: file, prefix: "members.\(number)."))
      } catch { throw ModelError.damaged(file: Self.weightsFile, reason: "\(error)") }
    }
    let compounds = try Self.compounds(in: folder)
    let arena = try Self.fingerprints(of: compounds, using: pool)
    self.init(
      description: description,
      domain: NeighbourhoodDomain(
        compounds: compounds, fingerprints: arena, threshold: description.domainThreshold),
      networks: networks)
  }

  /// Stands for the whole model: its weights, its description and its measured compounds.
  public static func digest(of folder: URL) throws -> Digest {
    let parts = try [weightsFile, compoundsFile].map { name in
      try Digest(ofFileAt: folder.appending(path: name)).hex
    }
    return Digest(of: parts.joined(separator: " "))
  }

  /// A file of weights whose bytes are the ones that were written.
  private static func sealedFile(_ url: URL) throws -> Safetensors {
    var file: Safetensors
    do { file = try Safetensors(decoding: [UInt8](try Data(contentsOf: url))) } catch {
      throw ModelError.damaged(file: weightsFile, reason: "\(error)")
    }
    let seal = file.metadata.removeValue(forKey: sealNote)
    // Models of before there was a seal have none.
    guard seal == nil || seal == Digest(of: file.encoded()).hex else {
      throw ModelError.damaged(
        file: weightsFile, reason: "its digest is not the one noted at its writing")
    }
    return file
  }

  private static func compounds(in folder: URL) throws -> [MeasuredCompound] {
    let table = try TableReader(.file(folder.appending(path: compoundsFile).path))
    guard table.header == ["id", "smiles", "value"] else {
      throw ModelError.damaged(file: compoundsFile, reason: "its columns are not id,smiles,value")
    }
    var compounds: [MeasuredCompound] = []
    while let row = try table.next() {
      guard case .row(let row) = row, let value = Double(row.fields[2]) else {
        throw ModelError.damaged(
          file: compoundsFile, reason: "compound \(compounds.count + 1) cannot be read")
      }
      compounds.append(
        MeasuredCompound(id: row.fields[0], smiles: row.fields[1], value: value))
    }
    return compounds
  }

  /// The fingerprints by which the domain measures similarity.
  public static func fingerprints(
    of compounds: [MeasuredCompound], using pool: WorkerPool
  ) throws -> FingerprintArena {
    let words = try pool.map(throwing: compounds.count) { index throws(ModelError) -> [UInt64] in
      do throws(MoleculeError) {
        return try Structure(parsing: compounds[index].smiles).fingerprintWords(domainFingerprint)
      } catch {
        throw .damaged(file: compoundsFile, reason: "compound \(index + 1): \(error)")
      }
    }
    var arena = FingerprintArena(bitCount: domainFingerprint.bitCount)
    for row in words { arena.append(row) }
    return arena
  }
}
