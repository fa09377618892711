import Entities
import Featurization
import Foundation
import Parallelism
import PropertyModels
import Provenance
import Records

/// What is learned from a target's related proteins, where it has too few ligands of its own: two
/// towers, asked only where the gate passes.
struct RelatedProteins {
  /// A model for one target, and what the gate says of it.
  struct TargetModel {
    let folder: ModelFolder
    let name: String
    let reason: String
  }

  /// Why there is none, in a sentence.
  struct Refusal: Error {
    let reason: String
  }

  private let towers: ValidatedAffinity
  private let card: ModelCard
  private let digest: Digest
  private let name: String
  private let sequences: ProteinTable
  private let pool: WorkerPool

  /// Reads the towers, and the chains of the targets by their symbols or accessions.
  init(model: URL, sequences: URL, pool: WorkerPool) throws {
    towers = try ValidatedAffinity(at: model, using: pool)
    digest = try ValidatedAffinity.manifestDigest(of: model)
    do {
      card = try StableJSON.decode(ModelCard.self, at: model.appending(path: ModelCard.fileName))
    } catch { throw ModelError.damaged(file: ModelCard.fileName, reason: "it cannot be read") }
    name = model.lastPathComponent
    self.sequences = try ProteinTable(.file(sequences.path))
    self.pool = pool
  }

  /// A model for a target.
  ///
  /// A library is of compounds that were measured on none of the proteins, so the gate has to pass
  /// for those.
  func model(for target: EvidenceTarget, to modulation: Modulation) throws -> TargetModel {
    guard modulation != .activate else {
      throw Refusal(reason: "affinities of related proteins do not tell an activator")
    }
    let names = [target.symbol, target.uniprot].compactMap { $0 }
    guard let place = names.lazy.compactMap({ sequences.place(of: $0) }).first else {
      throw Refusal(
        reason: "--sequences has no sequence named \(names.joined(separator: " or ")), to look for "
          + "related proteins")
    }
    let protein = sequences.sequences[place]
    guard let verdict = towers.verdicts(on: protein)[.new] else {
      throw Refusal(reason: "\(name) was not validated")
    }
    guard verdict.isUsable else {
      throw Refusal(reason: "related proteins (\(name)) are \(verdict.reason)")
    }
    guard let model = towers.model(for: protein) else {
      throw Refusal(reason: "\(name) has too few hidden pairs to learn its errors from")
    }
    let test = tested(model)
    let assessment = TestAssessment.all(
      of: test, by: model, rows: "test: hidden proteins and compounds", using: pool
    ).first
    var card = card
    card.name = "\(target.symbol) by \(name)"
    card.architecture = "two towers, \(verdict.reason)"
    card.performance = [assessment?.model].compactMap { $0 }
    card.baselines = assessment?.baselines ?? []
    card.calibration = assessment?.calibration
    return TargetModel(
      folder: ModelFolder(
        model: model, card: card, test: test,
        digest: Digest(of: Data("\(digest.hex) \(protein.letters)".utf8))),
      name: "\(name) for \(target.symbol)", reason: verdict.reason)
  }

  /// The hidden pairs as compounds that were tested; a nearest compound has its mean over proteins.
  private func tested(_ model: CalibratedModel) -> [TestedCompound] {
    let compounds = model.domain.compounds
    return towers.hiddenTest(by: model).map { pair, said in
      let nearest = compounds[pair.nearest]
      return TestedCompound(
        task: towers.task.name,
        id: "\(compounds[pair.compound].id) on \(towers.proteinIDs[pair.protein])",
        smiles: compounds[pair.compound].smiles, measured: pair.measured, prediction: said.range,
        nearest: NearestMeasured(
          id: nearest.id, smiles: nearest.smiles, similarity: pair.similarity,
          value: pair.nearestMean),
        inDomain: pair.similarity >= model.domain.threshold)
    }
  }
}
