import Entities
import Evaluation
import Featurization
import Fingerprints
public import Parallelism

/// How two towers fare on proteins that they have not seen, nor any near relative of them.
///
/// In each fold the families of a part of the proteins are hidden, and a part of the compounds. The
/// hidden proteins are asked for both kinds of compounds: those that were learned from with other
/// proteins, and those that were hidden too, as most of a library's are.
public struct ColdValidation: Codable, Hashable, Sendable {
  /// How it is done.
  public struct Plan: Codable, Hashable, Sendable {
    /// In how many parts proteins and compounds are cut.
    public var folds = 5
    /// From which cosine two proteins are hidden together.
    public var familyCosine = 0.3
    /// The fewest measured compounds of a protein that are ranked.
    public var fewestCompounds = 5
    /// Decides the parts.
    public var seed: UInt64 = 0

    /// The usual plan.
    public init() {}
  }

  /// How it was done.
  public let plan: Plan
  /// How many families the proteins are of.
  public let families: Int
  /// What came of it, protein by protein; the same order as in the table.
  public let proteins: [ColdProtein]
  /// Pairs of hidden proteins and hidden compounds, at most ``mostPairs`` of them, evenly spaced.
  public let pairs: [HiddenPair]

  /// As many tell how large errors are.
  public static let mostPairs = 4_000

  /// Trains once a fold, and asks for what was hidden.
  ///
  /// Throws a `FittingError` where the proteins are of too few families, or an `Interruption`.
  public init(
    _ plan: Plan = Plan(), of settings: AffinityModel.Settings, on table: AffinityTable,
    seed: UInt64, using pool: WorkerPool, shouldStop: () -> Bool = { false },
    progress: (Double) -> Void = { _ in }
  ) throws {
    let spectra = table.proteins.map { ProteinSpectrum(of: $0) }
    let families = ProteinFamilies(of: spectra, cosine: plan.familyCosine, using: pool)
    guard families.count >= plan.folds else {
      throw FittingError.shape(
        "the \(table.proteins.count) proteins are of \(families.count) families at a cosine of "
          + "\(plan.familyCosine), fewer than the \(plan.folds) folds: nothing could be hidden from "
          + "its relatives")
    }
    let proteinFold = families.folds(plan.folds, seed: plan.seed)
    let compoundFold = KFold(count: plan.folds, seed: plan.seed &+ 1)
      .assignment(rows: table.compounds.count)
    let fingerprints = try table.compounds.rows(of: TrainingDomain.Feature(), using: pool)
    var found: [ColdProtein] = []
    var pairs: [HiddenPair] = []
    for fold in 0..<plan.folds {
      let rows = table.entries.indices.filter {
        proteinFold[table.entries[$0].protein] != fold
          && compoundFold[table.entries[$0].compound] != fold
      }
      let train = table.selecting(rows)
      guard !rows.isEmpty else {
        throw FittingError.tooFew(
          task: "a fold of the affinities", labels: 0, needed: Examples.fewestLabels)
      }
      let model = try AffinityModel(
        settings, on: train, seed: seed, using: pool, shouldStop: shouldStop
      ) { progress((Double(fold) + $0) / Double(plan.folds)) }
      let hidden = ColdFold(
        plan: plan, table: table, spectra: spectra, families: families,
        isHidden: (proteinFold.map { $0 == fold }, compoundFold.map { $0 == fold }),
        trivial: TrivialAnswers(of: train.entries))
      let answers = try hidden.answers(of: model, fingerprints, using: pool)
      found += answers.proteins
      pairs += answers.pairs
    }
    pairs.sort { ($0.protein, $0.compound) < ($1.protein, $1.compound) }
    let step = max(1, (pairs.count + Self.mostPairs - 1) / Self.mostPairs)
    self.pairs = stride(from: 0, to: pairs.count, by: step).map { pairs[$0] }
    self.plan = plan
    self.families = families.count
    proteins = found.sorted { $0.protein < $1.protein }
  }
}
