public import Entities
public import Molecules

/// Computes what filters and reports need to know of a structure.
public struct StructureProfiler: Sendable {
  private let required: [SubstructurePattern]
  private let forbidden: [SubstructurePattern]
  private let catalogs: [(AlertCatalogName, AlertCatalog)]

  /// Reads the plan's patterns.
  public init(plan: ScreeningPlan) throws(PlanError) {
    required = try Self.patterns(plan.required)
    forbidden = try Self.patterns(plan.forbidden)
    catalogs = [(.brenk, .brenk), (.nih, .nih), (.pains, .pains)]
  }

  private static func patterns(_ texts: [String]) throws(PlanError) -> [SubstructurePattern] {
    var patterns: [SubstructurePattern] = []
    for smarts in texts {
      do { patterns.append(try SubstructurePattern(smarts: smarts)) } catch {
        throw .unreadablePattern(smarts)
      }
    }
    return patterns
  }

  /// The profile of one structure.
  /// - Complexity: about 1 ms, most of it alerts
  public func profile(
    of structure: borrowing Structure
  ) throws(MoleculeError) -> StructureProfile {
    var alerts: [AlertCatalogName: [String]] = [:]
    for (name, catalog) in catalogs {
      let found = try structure.alerts(in: catalog)
      if !found.isEmpty { alerts[name] = found }
    }
    var absent: [String] = []
    for pattern in required where try !structure.matches(pattern) { absent.append(pattern.smarts) }
    var present: [String] = []
    for pattern in forbidden where try structure.matches(pattern) { present.append(pattern.smarts) }
    return StructureProfile(
      properties: try CompoundProperties(of: structure), alerts: alerts,
      scaffold: try structure.scaffoldSMILES(), absentRequired: absent, presentForbidden: present)
  }
}

extension CompoundProperties {
  /// Computes the properties of a structure.
  public init(of structure: borrowing Structure) throws(MoleculeError) {
    let descriptors = try structure.descriptors()
    self.init(
      molecularWeight: descriptors.molWt, logP: descriptors.logP,
      polarSurfaceArea: descriptors.tpsa, donors: descriptors.donors,
      acceptors: descriptors.acceptors, rotatableBonds: descriptors.rotatableBonds,
      drugLikeness: try structure.qed())
  }
}
