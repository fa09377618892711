import Featurization
public import Foundation
public import Parallelism
public import Provenance

extension ValidatedAffinity {
  /// The file that names all others.
  public static let manifestFile = "affinity.json"
  private static let compoundsFile = "compounds.json"
  private static let validationFile = "validation.json"
  private static let towers = "towers"
  private static let format = 1
  /// The only files that a folder may name.
  private static let names = [
    compoundsFile, validationFile, "towers/towers.json", "towers/proteins.json",
    "towers/towers.safetensors",
  ]

  private struct Manifest: Codable {
    var format: Int
    var task: LearningTask
    var proteins: [String]
    var domainThreshold: Double
    var preparation: CompoundPreparation
    var files: [String: Digest]
  }

  /// Writes all files into a folder that exists, the manifest last.
  public func write(into folder: URL) throws {
    var files = ModelFiles()
    files.add(try model.files(), under: Self.towers)
    try files.add(json: domain.compounds, as: Self.compoundsFile)
    try files.add(json: validation, as: Self.validationFile)
    for (name, data) in files.bytes.sorted(by: { $0.key < $1.key }) {
      let url = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try AtomicFile.write(data, to: url)
    }
    try StableJSON.write(
      Manifest(
        format: Self.format, task: task, proteins: proteinIDs, domainThreshold: domain.threshold,
        preparation: preparation, files: files.bytes.mapValues { Digest(of: $0) }),
      to: folder.appending(path: Self.manifestFile))
  }

  /// Stands for the whole model: its manifest holds every other file's digest.
  public static func manifestDigest(of folder: URL) throws -> Digest {
    try Digest(ofFileAt: folder.appending(path: manifestFile))
  }

  /// Reads a folder; nothing in it is trusted, and the gate is asked anew.
  public init(at folder: URL, using pool: WorkerPool = WorkerPool(threads: 1)) throws {
    let manifest = try Self.manifest(at: folder)
    guard Set(manifest.files.keys) == Set(Self.names) else {
      throw ModelError.damaged(
        file: Self.manifestFile, reason: "it names other files than a model's")
    }
    var files = ModelFiles()
    for name in Self.names {
      let data = try TrainedModel.read(name, in: folder)
      guard Digest(of: data) == manifest.files[name] else {
        throw ModelError.damaged(file: name, reason: "its digest is not the model's")
      }
      files.add(data, as: name)
    }
    let model = try AffinityModel(reading: files.part(Self.towers))
    guard model.proteins.count == manifest.proteins.count,
      manifest.proteins.allSatisfy({ !$0.isEmpty }), manifest.domainThreshold.isFinite
    else {
      throw ModelError.damaged(
        file: Self.manifestFile, reason: "its proteins are not those of the towers")
    }
    let compounds = try files.json(Self.compoundsFile, as: [TrainingCompound].self)
    guard !compounds.isEmpty, compounds.allSatisfy({ $0.labels.count == 1 }) else {
      throw ModelError.damaged(
        file: Self.compoundsFile, reason: "it does not have a value for each compound")
    }
    let validation = try files.json(Self.validationFile, as: ColdValidation.self)
    guard validation.isSound(proteins: model.proteins.count, compounds: compounds.count) else {
      throw ModelError.damaged(
        file: Self.validationFile, reason: "it is no validation of the model's proteins")
    }
    let fingerprints = try CompoundTable(smiles: compounds.map(\.smiles))
      .rows(of: TrainingDomain.Feature(), using: pool)
    self.init(
      task: manifest.task, model: model, proteinIDs: manifest.proteins,
      domain: TrainingDomain(
        compounds: compounds, fingerprints: fingerprints, threshold: manifest.domainThreshold,
        using: pool),
      validation: validation, preparation: manifest.preparation)
  }

  private static func manifest(at folder: URL) throws(ModelError) -> Manifest {
    let url = folder.appending(path: manifestFile)
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw .notFound(path: folder.path)
    }
    struct Version: Decodable { var format: Int }
    var files = ModelFiles()
    files.add(try TrainedModel.read(manifestFile, in: folder), as: manifestFile)
    let version = try files.json(manifestFile, as: Version.self).format
    guard version == format else {
      throw .damaged(
        file: manifestFile, reason: "its format is \(version), this program reads \(format)")
    }
    return try files.json(manifestFile, as: Manifest.self)
  }
}

extension ColdValidation {
  /// Whether it can be of a model with so many proteins and compounds.
  func isSound(proteins count: Int, compounds: Int) -> Bool {
    func isShare(_ value: Double) -> Bool { (0...1).contains(value) }
    let arePairs = pairs.allSatisfy { pair in
      (0..<count).contains(pair.protein) && (0..<compounds).contains(pair.compound)
        && (0..<compounds).contains(pair.nearest) && isShare(pair.similarity)
    }
    return arePairs && pairs.count <= Self.mostPairs
      && Set(proteins.map(\.protein)).count == proteins.count
      && proteins.allSatisfy { protein in
        (0..<count).contains(protein.protein) && (0..<count).contains(protein.nearest)
          && (-1...1.001).contains(protein.cosine)
          && ColdProtein.Compounds.allCases.compactMap { protein.ranking(of: $0) }.allSatisfy {
            isShare($0.towers) && $0.trivial.values.allSatisfy(isShare)
              && $0.spearman.map { (-1...1).contains($0) } ?? true
          }
      }
  }
}
