/// What a hospital demands before a sum over its persons leaves it.
///
/// The minimum cell is the five of health statistics (``Governance/MinimumCell``); fifty persons, and
/// ten for each coefficient, keep an estimate from describing its own rows (ten events per variable:
/// Peduzzi et al., J. Clin. Epidemiol. 1996). DataSHIELD's filters are of the same kind: minimum
/// cells, and a largest share of parameters to persons (Gaye et al., Int. J. Epidemiol. 2014).
public struct SiteRules: Codable, Hashable, Sendable {
  /// The fewest persons of a study.
  public var minimumPersons = 50
  /// The fewest persons in a group that is not empty.
  public var minimumCell = 5
  /// The fewest persons for each coefficient.
  public var personsPerCoefficient = 10
  /// The fewest persons that must weigh at a place (Kish's effective number of the weights).
  public var minimumEffective = 10.0
  /// The most rounds with new content of one study for one coordinator on one day.
  public var roundsPerDay = 24
  /// The largest share of the numbers the hospital holds of a study that may be told of it, ever.
  public var toldShare = 0.5
  /// The most questions of one coordinator on one day, answered or not.
  public var questionsPerDay = 2_000
  /// The number of persons is told as a multiple of this, rounded down.
  public var personsRounding = 1

  /// The rules of this page.
  public init() {}

  /// Reads rules; what is not named stays as it is here.
  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(except: CodingKeys.allCases.map(\.rawValue), of: "rules")
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    func read<Value: Decodable>(_ key: CodingKeys, _ value: inout Value) throws {
      if let given = try fields.decodeIfPresent(Value.self, forKey: key) { value = given }
    }
    try read(.minimumPersons, &minimumPersons)
    try read(.minimumCell, &minimumCell)
    try read(.personsPerCoefficient, &personsPerCoefficient)
    try read(.minimumEffective, &minimumEffective)
    try read(.roundsPerDay, &roundsPerDay)
    try read(.toldShare, &toldShare)
    try read(.questionsPerDay, &questionsPerDay)
    try read(.personsRounding, &personsRounding)
    guard minimumPersons > 0, minimumCell > 0, personsPerCoefficient > 0, roundsPerDay > 0,
      questionsPerDay > 0, personsRounding > 0, minimumEffective >= 1, toldShare > 0, toldShare < 1
    else { throw HospitalError("rules are above 0, and told-share is below 1") }
  }

  enum CodingKeys: String, CodingKey, CaseIterable {
    case minimumPersons = "minimum-persons"
    case minimumCell = "minimum-cell"
    case personsPerCoefficient = "persons-per-coefficient"
    case minimumEffective = "minimum-effective"
    case roundsPerDay = "rounds-per-day"
    case toldShare = "told-share"
    case questionsPerDay = "questions-per-day"
    case personsRounding = "persons-rounding"
  }

  /// The number of persons as it is told.
  func told(_ persons: Int) -> UInt32 {
    UInt32(clamping: persons / personsRounding * personsRounding)
  }
}
