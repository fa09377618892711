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
  /// The rows that the rankings are made of; nil for all.
  let inside: DomainRows?
  private var examined = 0
  private(set) var hits: [Hit] = []
  private(set) var refused: [RefusedRecord] = []
  private static let batch = 64

  init(campaign: ScreenCampaign, profiler: StructureProfiler, inside: DomainRows? = nil) {
    self.campaign = campaign
    self.profiler = profiler
    self.inside = inside
    explanation = Explanation(
      endpoint: campaign.model.tasks[campaign.task].name,
      ranked: inside?.count ?? campaign.library.count, onlyInDomain: inside != nil,
      ranking: campaign.plan.ranking)
    selection = Selection(plan: campaign.plan)
  }

  var isComplete: Bool { selection.isComplete }

  /// Goes on behind what was examined before: a longer ranking begins like a shorter one.
  mutating func walk(_ ranking: [ScoredRow], _ shouldStop: () -> Bool) throws {
    while !selection.isComplete, examined < ranking.count {
      if shouldStop() { throw Interruption(of: "the screen") }
      let batch = Array(ranking[examined..<min(examined + Self.batch, ranking.count)])
      let candidates = try campaign.candidates(rows: batch.map(\.row), profiler)
      for (scored, outcome) in zip(batch, candidates) where !selection.isComplete {
        examined += 1
        take(outcome, row: scored.row)
      }
    }
  }

  private mutating func take(_ outcome: Result<Candidate, MoleculeError>, row: Int) {
    let library = campaign.library
    let (segment, local) = library.locate(row)
    switch outcome {
    case .failure(let error):
      refused.append(
        RefusedRecord(line: segment.line(local), id: library.id(row), reason: error.refusal))
    case .success(let candidate):
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

extension ScreenCampaign {
  /// The compounds of rows, from the same features that their scores were made of.
  fileprivate func candidates(
    rows: [Int], _ profiler: StructureProfiler
  ) throws -> [Result<Candidate, MoleculeError>] {
    let places = rows.map { library.locate($0) }.map { (segment: $0.0, row: $0.1) }
    let outcomes = try model.outcomes(for: CompoundTable(places, of: library), using: pool)
    return pool.map(rows.count) { index in
      do throws(MoleculeError) {
        let smiles = library.smiles(rows[index])
        let profile = try profiler.profile(of: try Structure(parsing: smiles))
        let prediction = try outcomes[index].get()
        return .success(
          Candidate(
            id: library.id(rows[index]), smiles: smiles, prediction: prediction.tasks[task].range,
            nearest: prediction.nearest.measured(task), inDomain: prediction.inDomain,
            profile: profile))
      } catch { return .failure(error) }
    }
  }
}
