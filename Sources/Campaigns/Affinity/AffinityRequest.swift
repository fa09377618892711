public import Featurization
public import PropertyModels

/// What two towers are to learn.
public struct AffinityRequest: Sendable {
  /// What is predicted.
  public var endpoint: EndpointRequest
  /// Which columns hold structure, value and relation; one value column.
  public var columns: ActivityColumns
  /// The column that names the protein; nil looks for the usual names.
  public var proteinColumn: String?
  /// How the towers are made.
  public var settings: AffinityModel.Settings
  /// How they are validated.
  public var plan: ColdValidation.Plan
  /// Decides everything that is drawn in training.
  public var seed: UInt64
  /// How structures become compounds.
  public var preparation = CompoundPreparation()

  /// Describes a training.
  public init(
    endpoint: EndpointRequest = EndpointRequest(kind: .regression),
    columns: ActivityColumns = ActivityColumns(), proteinColumn: String? = nil,
    settings: AffinityModel.Settings = AffinityModel.Settings(),
    plan: ColdValidation.Plan = ColdValidation.Plan(), seed: UInt64 = 0
  ) {
    self.endpoint = endpoint
    self.columns = columns
    self.proteinColumn = proteinColumn
    self.settings = settings
    self.plan = plan
    self.seed = seed
  }
}
