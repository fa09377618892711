import Fingerprints
import Parallelism

/// One way to cluster or to pick.
enum Way {
  case bitBirch(BitBirch)
  case leaders(SphereExclusion, threads: Int)
  case picks(Int)

  init?(_ name: String, value: Double, option: String) {
    guard let option = Int(option) else { return nil }
    let criteria: [String: BitBirch.Criterion] = [
      "diameter": .diameter, "radius": .radius, "tolerance-diameter": .tolerantDiameter(0.05),
    ]
    switch (name, criteria[name]) {
    case (_, let criterion?):
      self = .bitBirch(BitBirch(threshold: value, by: criterion, branchingFactor: option))
    case ("leaders", _):
      self = .leaders(SphereExclusion(threshold: value, assignment: .first), threads: option)
    case ("picks", _): self = .picks(Int(value))
    default: return nil
    }
  }

  func run(on table: FingerprintArena) throws -> (found: Int, numbers: [UInt32]) {
    let rows = ClusteringRows(table)
    switch self {
    case .bitBirch(let options):
      let clusters = try options.clustering(of: rows)
      return (clusters.count, (0..<rows.count).map { UInt32(clusters.cluster(ofRow: $0) ?? 0) })
    case .leaders(let options, let threads):
      // The index is part of the work: the rival has none to build.
      let pool = WorkerPool(threads: threads)
      let clusters = try options.clustering(
        of: rows, searching: ColumnIndex(of: table, using: pool), using: pool)
      return (clusters.count, clusters.representatives.sorted().map { UInt32($0) })
    case .picks(let count):
      let picks = try MaxMinPicker(start: .rows([0])).picks(from: rows, count: count)
      return (picks.count, picks.map { UInt32($0.row) })
    }
  }
}
