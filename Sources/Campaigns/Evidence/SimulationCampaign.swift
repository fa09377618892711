public import Biobank
public import Governance

/// From published numbers to a made-up cohort, after real people where they may be read.
public struct SimulationCampaign: Sendable {
  /// What is made up.
  public var simulation: CohortSimulation
  /// Why the people may be read whose common variants are copied; nil for published people, or none.
  public var permission: (consents: String, purpose: Purpose)?

  /// Describes the work.
  public init(
    _ simulation: CohortSimulation, permission: (consents: String, purpose: Purpose)?
  ) {
    self.simulation = simulation
    self.permission = permission
  }

  /// Does it; who may be copied is fixed before the first genotype.
  ///
  /// - Parameters:
  ///   - prefix: of the files.
  ///   - truth: the file for the effects; nil to write them nowhere.
  public func run(
    to prefix: String, truth: String?
  ) throws -> (made: CohortSimulation.Outcome, snapshot: ConsentSnapshot?) {
    let snapshot = try permission.map { try ConsentSnapshot.taken($0.consents, for: $0.purpose) }
    var simulation = simulation
    if let snapshot { simulation.backbone?.allowed = Set(snapshot.allowed) }
    return (try simulation.write(to: prefix, truth: truth), snapshot)
  }
}
