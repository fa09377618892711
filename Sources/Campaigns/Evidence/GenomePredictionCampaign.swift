public import Biobank
import Foundation
public import Governance
public import Parallelism

/// From a cohort's genotypes and a trait to what each chromosome's absence leaves of its prediction.
public struct GenomePredictionCampaign: Sendable {
  /// What is read.
  public var study: CohortStudy
  /// Variants of a block.
  public var blockSize = 1000
  /// A file of the variants that are used, one name a line; nil for all.
  public var variants: String?

  /// Describes the work.
  public init(_ study: CohortStudy) { self.study = study }

  /// Fits; who may be read is fixed before the first row.
  public func run(
    pool: WorkerPool
  ) throws -> (people: Int, snapshot: ConsentSnapshot?, regression: WholeGenomeRegression) {
    let (allowed, snapshot) = try study.readers()
    let used = try variants.map { path in
      guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
        throw BiobankError.table(path, "cannot be read")
      }
      return Set(
        text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) })
    }
    let stream = try GenotypeStream(prefix: study.genotypes) { used?.contains($0.id) ?? true }
    let (people, coding) = try study.people(among: stream.people, allowed: allowed)
    let regression = try WholeGenomeRegression(
      stream, people: people, isBinary: coding != .measured, blockSize: blockSize, pool: pool)
    return (people.rows.count, snapshot, regression)
  }
}
