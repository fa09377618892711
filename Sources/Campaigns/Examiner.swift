import CompoundLibrary
import Entities
import Featurization
import Fingerprints
import Molecules
import Parallelism
import PropertyModels
import Screening

/// Walks down a ranking: computes what filters need, takes or refuses, explains.
struct Examiner {
  private let campaign: ScreenCampaign
  private let profiler: StructureProfiler
  private let explanation: Explanation
  private var selection: Selection
  private var examined = 0
  private(set) var hits: [Hit] = []
  private(set) var refused: [RefusedRecord] = []
  private static let batch = 64

  init(campaign: ScreenCampaign, profiler: StructureProfiler) {
    self.campaign = campaign
    self.profiler = profiler
    let description = campaign.model.description
    explanation = Explanation(
      endpoint: description.endpoint, screened: campaign.library.count,
      ranking: campaign.plan.ranking)
    selection = Selection(plan: campaign.plan)
  }

  var isComplete: Bool { selection.isComplete }

  /// Goes on behind what was examined before: a longer ranking begins like a shorter one.
  mutating func walk(_ ranking: [ScoredRow], _ shouldStop: () -> Bool) throws {
    while !selection.isComplete, examined < ranking.count {
      if shouldStop() { throw Interruption(of: "the screen") }
      let batch = Array(ranking[examined..<min(examined + Self.batch, ranking.count)])
      let profiler = profiler
      let campaign = campaign
      let candidates = campaign.pool.map(batch.count) { index in
        Outcome { () throws(MoleculeError) in
          try campaign.candidate(row: batch[index].row, profiler)
        }
      }
      for (scored, outcome) in zip(batch, candidates) where !selection.isComplete {
        examined += 1
        take(outcome, row: scored.row)
      }
    }
  }

  private mutating func take(_ outcome: Outcome, row: Int) {
    let library = campaign.library
    let (segment, local) = library.locate(row)
    switch outcome {
    case .failed(let error):
      refused.append(
        RefusedRecord(line: segment.line(local), id: library.id(row), reason: error.refusal))
    case .candidate(let candidate):
      if let reason = selection.consider(candidate) {
        refused.append(
          RefusedRecord(line: segment.line(local), id: candidate.id, reason: reason))
      } else {
        hits.append(hit(candidate))
      }
    }
  }

  private func hit(_ candidate: Candidate) -> Hit {
    Hit(
      rank: hits.count + 1, id: candidate.id, smiles: candidate.smiles,
      prediction: candidate.prediction, nearest: candidate.nearest,
      inDomain: candidate.inDomain, properties: candidate.profile.properties,
      alerts: candidate.profile.alertNames, scaffold: candidate.profile.scaffold,
      atomContributions: [],
      reason: explanation.reason(for: candidate, position: examined))
  }
}

/// A candidate, or why it could not be examined.
private enum Outcome: Sendable {
  case candidate(Candidate)
  case failed(MoleculeError)

  init(_ work: () throws(MoleculeError) -> Candidate) {
    do throws(MoleculeError) { self = .candidate(try work()) } catch { self = .failed(error) }
  }
}

extension ScreenCampaign {
  fileprivate func candidate(
    row: Int, _ profiler: StructureProfiler
  ) throws(MoleculeError) -> Candidate {
    let smiles = library.smiles(row)
    let structure = try Structure(parsing: smiles)
    let recipe = model.description.settings.features
    let features = recipe.matrix([try features(of: structure, row: row, recipe)])
    let words = try structure.fingerprintWords(.ecfp4)
    let fingerprint = Fingerprint(bitCount: FingerprintAlgorithm.ecfp4.bitCount, words: words)
    let prediction = model.predictions(
      of: features, fingerprints: [fingerprint], using: WorkerPool(threads: 1))[0]
    return Candidate(
      id: library.id(row), smiles: smiles, prediction: prediction.value,
      nearest: prediction.nearest, inDomain: prediction.inDomain,
      profile: try profiler.profile(of: structure))
  }

  /// The same features the score was made of.
  private func features(
    of structure: borrowing Structure, row: Int, _ recipe: FeatureRecipe
  ) throws(MoleculeError) -> FeatureRow {
    guard recipe.storedFingerprint == library.options.fingerprint else {
      return try recipe.row(of: structure)
    }
    let (segment, local) = library.locate(row)
    let bits = segment.fingerprints.setBits(rows: local..<local + 1)
    var features = FeatureRow()
    features.columns = bits.indices
    features.values = bits.indices.map { _ in 1 }
    return features
  }
}
