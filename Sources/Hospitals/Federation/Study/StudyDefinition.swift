import Foundation
public import Provenance

/// One study, as coordinator and hospitals agreed on it: outcome, model, terms, table.
///
/// Hospitals approve it as a file; its digest, over the values and not over the file's layout, names
/// it from then on, so neither side can change it alone.
public struct StudyDefinition: Codable, Hashable, Sendable {
  /// How the outcome hangs on the terms.
  public enum Model: String, Codable, CaseIterable, Sendable {
    /// A measured outcome, by least squares.
    case linear
    /// An outcome of 1 and 0.
    case logistic
    /// A count, with person-time as exposure where it is named.
    case poisson
    /// Time to an event, each hospital a stratum with its own baseline (Efron's ties).
    case cox
  }

  /// Its name.
  public let name: String
  /// The model.
  public let model: Model
  /// The outcome's column; for ``Model/cox`` the event, 1 or 0.
  public let outcome: String
  /// The column of the time to the event; for ``Model/cox`` alone.
  public let time: String?
  /// The column of person-time, above 0; for ``Model/poisson`` alone.
  public let exposure: String?
  /// What the outcome is explained by; an intercept is added, but for ``Model/cox``.
  public let terms: [Term]
  /// A table of counts that may be asked for.
  public let table: ContingencyTable?
  /// Whether hospitals answer behind pairwise masks, so that only their sum is seen; nil for no.
  public let masked: Bool?

  /// A checked definition.
  public init(
    name: String, model: Model, outcome: String, time: String? = nil, exposure: String? = nil,
    terms: [Term], table: ContingencyTable? = nil, masked: Bool? = nil
  ) throws(HospitalError) {
    self.name = name
    self.model = model
    self.outcome = outcome
    self.time = time
    self.exposure = exposure
    self.terms = terms
    self.table = table
    // One way to say no, or two equal studies had two digests.
    self.masked = masked == true ? true : nil
    try check()
  }

  /// Reads a definition and checks it; an unknown key is refused, it would be approved unread.
  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(except: CodingKeys.allCases.map(\.rawValue), of: "a study")
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      name: try fields.decode(String.self, forKey: .name),
      model: try fields.decode(Model.self, forKey: .model),
      outcome: try fields.decode(String.self, forKey: .outcome),
      time: try fields.decodeIfPresent(String.self, forKey: .time),
      exposure: try fields.decodeIfPresent(String.self, forKey: .exposure),
      terms: try fields.decode([Term].self, forKey: .terms),
      table: try fields.decodeIfPresent(ContingencyTable.self, forKey: .table),
      masked: try fields.decodeIfPresent(Bool.self, forKey: .masked))
  }

  enum CodingKeys: String, CodingKey, CaseIterable {
    case name, model, outcome, time, exposure, terms, table, masked
  }

  /// The digest that names the study.
  public var digest: Digest {
    // Names are checked texts and numbers are finite, so there is always an encoding; without one
    // the digest of nothing is a study that no hospital has approved.
    Digest(of: (try? StableJSON.encode(self)) ?? Data())
  }

  /// The names of the coefficients, in their order.
  public var coefficientNames: [String] {
    (hasIntercept ? ["(Intercept)"] : []) + terms.map(\.column)
  }

  /// Whether the first coefficient is an intercept.
  public var hasIntercept: Bool { model != .cox }

  /// The columns that a hospital's table must have.
  public var columns: [String] {
    var names = [outcome] + [time, exposure].compactMap { $0 } + terms.map(\.column)
    if let table { names += [table.rows.column, table.columns.column] }
    return names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// How many numbers its answers have.
  public var shape: AnswerShape {
    AnswerShape(
      coefficients: coefficientNames.count,
      standardised: terms.count { $0.scaling == .standardised },
      rows: table?.rows.levels.count ?? 0, columns: table?.columns.levels.count ?? 0,
      isMasked: masked == true)
  }

  private func check() throws(HospitalError) {
    let names = [name] + columns
    guard names.allSatisfy(FederationLimits.isName) else {
      throw HospitalError(
        "study \(name.prefix(64)): names have 1 to \(FederationLimits.nameBytes) bytes")
    }
    guard !terms.isEmpty, coefficientNames.count <= FederationLimits.coefficients else {
      throw HospitalError(
        "study \(name) has \(coefficientNames.count) coefficients, "
          + "1 term to \(FederationLimits.coefficients) coefficients are allowed")
    }
    let explained = Set([outcome] + [time, exposure].compactMap { $0 })
    guard Set(terms.map(\.column)).count == terms.count,
      explained.isDisjoint(with: terms.map(\.column))
    else { throw HospitalError("study \(name) names a column twice") }
    guard (time != nil) == (model == .cox) else {
      throw HospitalError("study \(name): a time belongs to the model cox, and cox needs one")
    }
    guard masked == nil || table == nil else {
      throw HospitalError("study \(name): a table would be told without masks")
    }
    guard exposure == nil || model == .poisson else {
      throw HospitalError("study \(name): an exposure belongs to the model poisson")
    }
  }
}
