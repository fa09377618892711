/// Why a hospital does not answer: a code out of a closed list, so a refusal carries no free text.
public enum SiteRefusal: UInt8, Error, Codable, CaseIterable, Hashable, Sendable {
  /// The question is of another version of the protocol.
  case wrongVersion = 1
  /// The hospital has approved no study of that digest.
  case unknownStudy = 2
  /// The question does not fit the study: another number of coefficients, or a table it has not.
  case wrongShape = 3
  /// The question was asked before, or its round is over.
  case replayed = 4
  /// Fewer persons than the minimum.
  case fewPersons = 5
  /// A level of a term, or of the outcome within it, has persons, but fewer than the minimum cell.
  case smallCell = 6
  /// Too many coefficients for the persons.
  case manyTerms = 7
  /// At this place only a few persons weigh: the sums would be theirs.
  case fewWeigh = 8
  /// The records changed since the study's first answer: the difference would tell of persons.
  case cohortChanged = 9
  /// The persons differ by a few from those of a study already answered.
  case differsByFew = 10
  /// The study's rounds of the day are spent.
  case roundsSpent = 11
  /// All numbers that may be told of this study were told.
  case numbersSpent = 12
  /// The privacy budget does not cover the noise that is asked for.
  case budgetSpent = 13
  /// The hospital's own estimate does not exist.
  case noEstimate = 14
  /// The sums are no finite numbers at this place.
  case notFinite = 15
  /// The hospital cannot write its journal, so it answers nothing.
  case noJournal = 16
  /// The study wants masks and the hospital has no partners for them.
  case noMasks = 17

  /// Whether asking again, or elsewhere, cannot help in this run.
  public var isFinal: Bool { self != .replayed && self != .noJournal }
}

extension SiteRefusal: CustomStringConvertible {
  /// A sentence's end for a reader: "site3 refuses: …".
  public var description: String {
    switch self {
    case .wrongVersion: "it speaks another version of the protocol"
    case .unknownStudy: "it has not approved this study (the files must be equal, by digest)"
    case .wrongShape: "the question does not fit the study"
    case .replayed: "the question was asked before, or its round is over"
    case .fewPersons: "it has fewer persons than its minimum"
    case .smallCell: "a level of a term has fewer persons, or events, than its minimum cell"
    case .manyTerms: "the study has too many terms for its persons"
    case .fewWeigh: "at these coefficients only a few of its persons weigh"
    case .cohortChanged: "its records changed since the study's first answer"
    case .differsByFew: "its persons differ by a few from those of a study already answered"
    case .roundsSpent: "the study's rounds of the day are spent"
    case .numbersSpent: "all numbers that may be told of the study were told"
    case .budgetSpent: "its privacy budget does not cover the question"
    case .noEstimate: "its own records give no finite estimate"
    case .notFinite: "its sums are no finite numbers at these coefficients"
    case .noMasks: "the study wants masks, and it has not three partners with masking keys"
    case .noJournal: "it cannot write its journal"
    }
  }
}
