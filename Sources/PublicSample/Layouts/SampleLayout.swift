/// The published tables of two Korean samples, each with the names of its columns.
///
/// HIRA-NPS: the National Patient Sample of the Health Insurance Review and Assessment Service, a
/// year's patients drawn by sex and age. NHIS-NSC: the National Sample Cohort of the National
/// Health Insurance Service (Lee et al., Int. J. Epidemiol. 2017). Names as users of the files
/// publish them; years and releases differ, so every name can be replaced.
public enum SampleLayout: String, Codable, Hashable, Sendable, CaseIterable {
  /// Statements: one claim a row, with the person.
  case hiraT20 = "hira-t20"
  /// What was done and given in the institution.
  case hiraT30 = "hira-t30"
  /// All diagnoses of a claim.
  case hiraT40 = "hira-t40"
  /// Prescriptions that were filled outside.
  case hiraT53 = "hira-t53"
  /// People and their insurance, one row a person and year.
  case nscJK = "nsc-jk"
  /// Statements.
  case nscT20 = "nsc-t20"
  /// What was done and given in the institution.
  case nscT30 = "nsc-t30"
  /// All diagnoses of a claim.
  case nscT40 = "nsc-t40"
  /// Prescriptions that were filled outside.
  case nscT60 = "nsc-t60"
  /// Health check-ups.
  case nscGJ = "nsc-gj"

  /// What a column is for.
  public enum Role: String, Codable, Hashable, Sendable, CaseIterable {
    /// The person.
    case person
    /// The claim.
    case statement
    /// How many people the person stands for.
    case weight
    /// Sex.
    case sex
    /// Age in years.
    case age
    /// Age as a numbered group of five years.
    case ageGroup = "age-group"
    /// The region.
    case region
    /// The year.
    case year
    /// The main diagnosis.
    case mainDiagnosis = "main-diagnosis"
    /// The second diagnosis of the statement.
    case secondDiagnosis = "second-diagnosis"
    /// A diagnosis of the list.
    case diagnosis
    /// A drug or a procedure.
    case treatment
    /// A drug by its ingredient.
    case ingredient
  }

  /// A column and what it is published as.
  public struct Column: Hashable, Sendable {
    /// What it is for.
    public let role: Role
    /// Its published names; releases differ, the first that a file has is taken.
    public let names: [String]
    /// Whether the file is of no use without it.
    public let isNeeded: Bool
  }

  /// What kind of table it is.
  public enum Subject: Hashable, Sendable {
    /// People, and no claim.
    case people
    /// Claims with their people.
    case statements
    /// Diagnoses of claims.
    case diagnoses
    /// Treatments of claims.
    case treatments
    /// Measurements of people.
    case measurements
  }

  /// What kind of table it is.
  public var subject: Subject {
    switch self {
    case .hiraT20, .nscT20: .statements
    case .hiraT40, .nscT40: .diagnoses
    case .hiraT30, .hiraT53, .nscT30, .nscT60: .treatments
    case .nscJK: .people
    case .nscGJ: .measurements
    }
  }
}
