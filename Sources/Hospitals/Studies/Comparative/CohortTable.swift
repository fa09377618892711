public import Entities

/// New users of one treatment or of its comparator, one a row: what was known on the first day, and
/// what came after it.
public struct CohortTable: Sendable {
  /// An outcome's columns: time from the first day until the event or the last look, and whether it
  /// ended in the event.
  public struct Outcome: Codable, Hashable, Sendable {
    /// The columns; the event's name is the outcome's.
    public let time: String, event: String

    /// Names the columns.
    public init(time: String, event: String) {
      self.time = time
      self.event = event
    }
  }

  /// Whether each row got the treatment, rather than the comparator.
  public let isTreated: [Bool]
  /// Times and events of each outcome, by outcome and row.
  public let times: [[Double]], isEvent: [[Bool]]
  /// The covariates, by column and row, and their names; a column of texts became one column for each
  /// text but the first.
  public let covariates: [[Double]], names: [String]
  /// Rows read and refused.
  public let rows: Int, refused: Int
  /// The first refusals.
  public let examples: [RefusedRecord]

  /// The most different texts that a column may hold.
  static let mostTexts = 50

  /// Reads a table; a row without all its values is refused, for nothing is made up.
  ///
  /// - Parameters:
  ///   - treatment: a column of 1 and 0.
  ///   - outcomes: at least one.
  public init(
    _ path: String, treatment: String, outcomes: [Outcome], covariates wanted: [String]
  ) throws {
    guard !outcomes.isEmpty else { throw HospitalError("a study needs an outcome") }
    let count = outcomes.count
    var table = try StudyTable(
      path, needed: [treatment] + outcomes.flatMap { [$0.time, $0.event] } + wanted)
    let fieldsOf = table
    var treated: [Bool] = []
    var times = [[Double]](repeating: [], count: count)
    var events = [[Bool]](repeating: [], count: count)
    var coders = wanted.map { TextCoder(name: $0) }
    func flag(_ fields: [String?], _ place: Int, _ name: String) throws(Refusal) -> Bool {
      switch try fieldsOf.text(fields, place).lowercased() {
      case "1", "true": return true
      case "0", "false": return false
      default: throw .filtered("column \(name) is neither 0 nor 1")
      }
    }
    try table.forEach { fields throws(Refusal) in
      let isTreated = try flag(fields, 0, treatment)
      var row: [(time: Double, isEvent: Bool)] = []
      for (place, outcome) in outcomes.enumerated() {
        let time = try fieldsOf.number(fields, 1 + 2 * place)
        guard time > 0 else { throw .filtered("column \(outcome.time) is not above 0") }
        row.append((time, try flag(fields, 2 + 2 * place, outcome.event)))
      }
      var texts: [String] = []
      for place in wanted.indices {
        let text = try fieldsOf.text(fields, 1 + 2 * count + place)
        guard !["NA", "nan", "NaN", "null"].contains(text) else {
          throw .missingValue(column: wanted[place])
        }
        texts.append(text)
      }
      for (place, text) in texts.enumerated() {
        guard coders[place].add(text) else {
          throw .filtered("column \(wanted[place]) holds more than \(Self.mostTexts) texts")
        }
      }
      treated.append(isTreated)
      for (place, values) in row.enumerated() {
        times[place].append(values.time)
        events[place].append(values.isEvent)
      }
    }
    isTreated = treated
    self.times = times
    isEvent = events
    (rows, refused, examples) = (table.rows, table.refused, table.refusals)
    let columns = coders.flatMap(\.columns)
    names = columns.map(\.name)
    covariates = columns.map(\.values)
    guard treated.count >= 10, treated.contains(true), treated.contains(false) else {
      throw HospitalError(
        "\(path): \(treated.count) usable rows; a study needs ten, of both treatments")
    }
  }
}

/// Numbers as they are, texts as numbers of their own.
private struct TextCoder {
  let name: String
  private var numbers: [Double] = []
  private var codes: [Int32] = []
  private var texts: [String: Int32] = [:]

  init(name: String) { self.name = name }

  /// False where the column has too many texts to be one of groups; nothing is added then.
  mutating func add(_ text: String) -> Bool {
    // A column is one of numbers until its first text; the numbers before it become texts.
    if codes.isEmpty, let number = Double(text), number.isFinite {
      numbers.append(number)
      return true
    }
    if codes.isEmpty, !numbers.isEmpty {
      for number in numbers {
        guard let code = code(number == number.rounded() ? "\(Int(number))" : "\(number)") else {
          return false
        }
        codes.append(code)
      }
    }
    guard let code = code(text) else { return false }
    codes.append(code)
    return true
  }

  private mutating func code(_ text: String) -> Int32? {
    if let code = texts[text] { return code }
    guard texts.count < CohortTable.mostTexts else { return nil }
    let code = Int32(texts.count)
    texts[text] = code
    return code
  }

  /// One column of numbers, or one for each text but the first in order of the alphabet.
  var columns: [(name: String, values: [Double])] {
    guard !codes.isEmpty else { return [(name, numbers)] }
    return texts.sorted { $0.key < $1.key }.dropFirst().map { text, code in
      ("\(name)=\(text)", codes.map { $0 == code ? 1 : 0 })
    }
  }
}
