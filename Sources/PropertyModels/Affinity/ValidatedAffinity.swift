import Evaluation
public import Featurization
public import Molecules
public import Parallelism

/// Two towers with what they were made of and how they fare on proteins never seen: what is put to
/// use.
public struct ValidatedAffinity: Sendable {
  /// What is predicted.
  public let task: LearningTask
  /// The towers.
  public let model: AffinityModel
  /// The identifiers of the proteins that were learned from, in the order of the model's.
  public let proteinIDs: [String]
  /// The compounds that were learned from, and how far they reach; a label is the mean over proteins.
  public let domain: TrainingDomain
  /// How they fare on hidden proteins.
  public let validation: ColdValidation
  /// How structures become compounds.
  public let preparation: CompoundPreparation
  /// What the gate says of known and of new compounds.
  public let decisions: [ColdProtein.Compounds: AffinityDecision]
  private let spectra: [ProteinSpectrum]
  private let known: Set<String>

  init(
    task: LearningTask, model: AffinityModel, proteinIDs: [String], domain: TrainingDomain,
    validation: ColdValidation, preparation: CompoundPreparation
  ) {
    self.task = task
    self.model = model
    self.proteinIDs = proteinIDs
    self.domain = domain
    self.validation = validation
    self.preparation = preparation
    decisions = Dictionary(
      uniqueKeysWithValues: ColdProtein.Compounds.allCases.map {
        ($0, AffinityGate().decision(on: validation, for: $0))
      })
    spectra = model.proteins.map { ProteinSpectrum(of: $0) }
    known = Set(domain.compounds.map(\.smiles))
  }

  /// Validates on hidden proteins, then trains on all pairs.
  ///
  /// Throws a `FittingError`, or an `Interruption` where it was told to stop.
  ///
  /// - Parameters:
  ///   - ids: the names of compounds and proteins, in the order of the table.
  ///   - progress: told what is done, and the share of it that is.
  public init(
    _ task: LearningTask, settings: AffinityModel.Settings, on table: AffinityTable,
    ids: (compounds: [String], proteins: [String]), plan: ColdValidation.Plan, seed: UInt64,
    preparation: CompoundPreparation = CompoundPreparation(), using pool: WorkerPool,
    shouldStop: () -> Bool = { false }, progress: (String, Double) -> Void = { _, _ in }
  ) throws {
    let (table, compounds, proteins) = table.withoutUnused()
    let validation = try ColdValidation(
      plan, of: settings, on: table, seed: seed, using: pool, shouldStop: shouldStop
    ) { progress("validating on hidden proteins", $0) }
    let model = try AffinityModel(
      settings, on: table, seed: seed, using: pool, shouldStop: shouldStop
    ) { progress("training on all pairs", $0) }
    let values = Dictionary(grouping: table.entries, by: \.compound)
    let known = compounds.enumerated().map { place, row in
      let own = values[place] ?? []
      return TrainingCompound(
        id: ids.compounds[row], smiles: table.compounds.smiles(place),
        labels: [TaskLabel(own.reduce(0) { $0 + $1.value } / Double(max(1, own.count)))])
    }
    self.init(
      task: task, model: model, proteinIDs: proteins.map { ids.proteins[$0] },
      domain: TrainingDomain(
        compounds: known,
        fingerprints: try table.compounds.rows(of: TrainingDomain.Feature(), using: pool),
        using: pool),
      validation: validation, preparation: preparation)
  }

  /// What the gate says of a protein, for known and for new compounds.
  public func verdicts(on protein: ProteinSequence) -> [ColdProtein.Compounds: AffinityVerdict] {
    let own = ProteinSpectrum(of: protein)
    let cosines = spectra.map { Double(own.similarity(to: $0)) }
    let nearest = cosines.indices.max { (cosines[$0], $1) < (cosines[$1], $0) } ?? 0
    return decisions.mapValues {
      AffinityVerdict(decision: $0, nearest: proteinIDs[nearest], cosine: cosines[nearest])
    }
  }

  /// What is said of compounds and a protein, whether the gate lets it pass or not.
  public func predictions(
    of compounds: CompoundTable, for protein: ProteinSequence, using pool: WorkerPool
  ) throws -> [AffinityPrediction] {
    let pairs = AffinityTable(
      compounds: compounds, proteins: [protein],
      entries: (0..<compounds.count).map { .init(compound: $0, protein: 0, value: 0) })
    let values = try model.predictions(of: pairs, using: pool)
    let nearest = try domain.nearest(to: compounds, using: pool)
    return values.indices.map { row in
      AffinityPrediction(
        value: values[row], nearest: nearest[row],
        kind: known.contains(compounds.smiles(row)) ? .known : .new,
        inDomain: nearest[row].similarity >= domain.threshold)
    }
  }

  /// The same for each structure, or why nothing can be said of it.
  public func outcomes(
    of compounds: CompoundTable, for protein: ProteinSequence, using pool: WorkerPool
  ) throws -> [Result<AffinityPrediction, MoleculeError>] {
    try compounds.each(using: pool) { try predictions(of: $0, for: protein, using: pool) }
  }
}

/// What two towers say of a compound and a protein.
public struct AffinityPrediction: Hashable, Sendable {
  /// The affinity, in the task's unit.
  public let value: Double
  /// The training compound most like it; its label is its mean over proteins.
  public let nearest: NearestCompound
  /// Whether it was learned from with other proteins.
  public let kind: ColdProtein.Compounds
  /// Whether it is as like the training compounds as they are to each other.
  public let inDomain: Bool
}
