import Entities
public import Featurization
public import Molecules
import NeuralNetworks
public import Parallelism
import Statistics
import Tensors

/// How strongly compounds bind to proteins, learned from pairs: for a target with too few ligands of
/// its own, from those of its relatives.
///
/// The compound is read as counts of fingerprints. The protein is read as its similarities to the
/// proteins of the training pairs, spectrum by spectrum: a protein never seen stands near its relatives
/// and, where it has none, nowhere. The mean of several networks answers.
public struct AffinityModel: Sendable {
  /// How a model is made.
  public struct Settings: Codable, Hashable, Sendable {
    /// What is read of a compound.
    public var features: FeatureRecipe
    /// The widths of the towers and the head.
    public var tower = 512, embedding = 128, head = [512, 128]
    /// The share of hidden units set to 0 in training.
    public var dropout: Float = 0
    /// What similarities of proteins are multiplied by: most are near 0, and the first layer's weights
    /// are small.
    public var proteinScale: Float = 30
    /// How often every pair is seen.
    public var epochs = 60
    /// The pairs of a step.
    public var batch = 512
    /// The highest step length.
    public var learningRate = 1e-3
    /// How many networks answer.
    public var members = 1

    /// The usual settings.
    public init(
      features: FeatureRecipe = FeatureRecipe(blocks: [
        FeatureBlock(.ecfp4, .logCount),
        FeatureBlock(.featureMorgan(radius: 2, bits: 2_048), .logCount),
      ])
    ) { self.features = features }
  }

  /// How it was made.
  public let settings: Settings
  /// The proteins that it learned from, in the order of the columns of the proteins' tower.
  public let proteins: [ProteinSequence]
  let scaling: ValueScaling
  let networks: [TwoTowerNetwork]
  private let references: [ProteinSpectrum]

  init(
    settings: Settings, proteins: [ProteinSequence], scaling: ValueScaling,
    networks: [TwoTowerNetwork]
  ) {
    self.settings = settings
    self.proteins = proteins
    self.scaling = scaling
    self.networks = networks
    references = proteins.map { ProteinSpectrum(of: $0) }
  }

  /// The most proteins to learn from: each is a column for every other.
  public static let mostProteins = 10_000

  /// Trains on all pairs of a table.
  ///
  /// Throws a `FittingError`, or an `Interruption` where it was told to stop.
  ///
  /// - Parameters:
  ///   - shouldStop: asked after every epoch.
  ///   - progress: told the share of the work that is done.
  public init(
    _ settings: Settings = Settings(), on table: AffinityTable, seed: UInt64,
    using pool: WorkerPool, shouldStop: () -> Bool = { false },
    progress: (Double) -> Void = { _ in }
  ) throws {
    guard !table.entries.isEmpty else {
      throw FittingError.tooFew(task: "affinity", labels: 0, needed: Examples.fewestLabels)
    }
    if let flaw = settings.flaw {
      throw FittingError.settings(family: Self.family, reason: flaw)
    }
    // Sorted, so that the order of the pairs does not decide.
    let proteins = Set(table.entries.map(\.protein)).sorted().map { table.proteins[$0] }
    guard proteins.count <= Self.mostProteins else {
      throw FittingError.shape(
        "\(proteins.count) proteins are more than the \(Self.mostProteins) that two towers take: "
          + "leave out families that are far from your targets")
    }
    let scaling = ValueScaling(of: table.entries.map(\.value))
    let rows = try Self.rows(
      table, settings, proteins.map { ProteinSpectrum(of: $0) }, pool)
    let examples = Trainer<TwoTowerNetwork>.Examples(
      rows, Targets(table.entries.map { Float(scaling.output($0.value)) }))
    let architecture = settings.architecture(proteins: proteins.count)
    var networks: [TwoTowerNetwork] = []
    for member in 0..<settings.members {
      let own = SplitMix64.seed(seed, piece: member)
      let fresh = TwoTowerNetwork(
        architecture, seed: own, squaredLength: rows.compounds.sparse.meanSquaredLength)
      var trainer = Trainer(fresh, plan: settings.plan(seed: own))
      while !trainer.isFinished {
        if shouldStop() { throw Interruption(of: "the training") }
        let report = trainer.runEpoch(on: examples, using: pool)
        progress(
          (Double(member) + Double(report.epoch) / Double(settings.epochs))
            / Double(settings.members))
      }
      guard trainer.result.parameters.tensors.allSatisfy(\.isFinite) else {
        throw FittingError.numerics(
          family: Self.family, reason: "the weights grew beyond all bounds")
      }
      networks.append(trainer.result)
    }
    self.init(settings: settings, proteins: proteins, scaling: scaling, networks: networks)
  }

  static let family = "two towers"

  /// What is predicted of each pair of a table, in the unit of the training pairs; their values are
  /// not looked at.
  public func predictions(
    of table: AffinityTable, using pool: WorkerPool
  ) throws(FittingError) -> [Double] {
    let rows = try Self.rows(table, settings, references, pool)
    let outputs = networks.map { $0.predictions(of: rows, using: pool) }
    return table.entries.indices.map { row in
      scaling.value(outputs.reduce(0) { $0 + $1[row] } / Double(outputs.count))
    }
  }

  private static func rows(
    _ table: AffinityTable, _ settings: Settings, _ references: [ProteinSpectrum],
    _ pool: WorkerPool
  ) throws(FittingError) -> PairRows {
    let features = try table.compounds.rows(of: settings.features, using: pool)
    let proteins = pool.map(table.proteins.count) { row -> [Float] in
      let own = ProteinSpectrum(of: table.proteins[row])
      return references.map { settings.proteinScale * own.similarity(to: $0) }
    }
    return PairRows(
      compounds: FeatureRows(sparse: settings.features.matrix(features)),
      proteins: Tensor([table.proteins.count, references.count], proteins.flatMap { $0 }),
      pairs: table.entries.map { ($0.compound, $0.protein) })
  }
}
