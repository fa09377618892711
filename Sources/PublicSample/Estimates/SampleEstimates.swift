import Governance
public import Statistics

/// Answers to questions, in the whole sample and in its domains, as far as they may be told.
public struct SampleEstimates: Sendable {
  /// How an answer's spread is found.
  public enum Variance: Sendable {
    /// Taylor linearisation.
    case taylor
    /// By replicates; quantiles stay with Woodruff's interval.
    case replicates(SurveyReplicates)
  }

  /// One line of the table.
  public struct Answer: Hashable, Sendable {
    /// The domain's value; nil for everybody.
    public let domain: String?
    /// The question.
    public let question: SampleQuestion
    /// The answer with what belongs to it; nil where it is kept back.
    public let told: Told?
  }

  /// What is told of an answer.
  public struct Told: Hashable, Sendable {
    /// The estimate.
    public let value: Double
    /// Its standard error; nil for quantiles.
    public let standardError: Double?
    /// Its interval of 95 %; nil where none can be given.
    public let interval: Interval?
    /// The design effect; nil where it is not defined.
    public let designEffect: Double?
    /// The design's degrees of freedom; nil for quantiles.
    public let degrees: Int?
    /// How many rows it is made of.
    public let rows: Int
  }

  /// The answers, in the order of the questions, everybody first.
  public let answers: [Answer]

  /// The most domains: a table of more groups is one of persons.
  static let mostDomains = 500

  /// Answers all questions through the gate.
  ///
  /// - Parameters:
  ///   - domain: a column that splits the sample; its values are asked about one by one.
  public init(
    _ questions: [SampleQuestion], of table: SampleTable, design: SurveyDesign,
    by domain: String? = nil, variance: Variance = .taylor,
    reference: SurveyEstimate.Reference = .t, proportion: ProportionInterval = .logit,
    through gate: inout ExportGate
  ) throws(SampleError) {
    let values = domain.map { table.text($0) }
    let names = Set(values ?? []).subtracting([""]).sorted()
    guard names.count <= Self.mostDomains else {
      throw SampleError(
        "\(domain ?? "") has \(names.count) values, more than \(Self.mostDomains): it names people "
          + "rather than groups")
    }
    var domains: [(name: String?, rows: [Bool]?)] = [(nil, nil)]
    for name in names { domains.append((name, values?.map { $0 == name })) }
    var answers: [Answer] = []
    for question in questions {
      let column = QuestionColumn(question, table)
      // Everybody is the sum of the domains; people of no domain make one of their own.
      let parts = domains.count > 1 ? Array(domains.dropFirst()) : domains
      var cells = parts.map { column.cells($0.rows) }
      if let values, values.contains("") { cells.append(column.cells(values.map(\.isEmpty))) }
      let release = gate.judge(cells)
      for (place, domain) in domains.enumerated() {
        let isTold = place == 0 ? release.whole : release.rows[place - 1]
        var told: Told?
        if isTold {
          do throws(SurveyError) {
            told = try column.answer(
              design, among: domain.rows, variance, reference, proportion, gate.rule)
          } catch { throw SampleError("\(question.words.column): \(error)") }
        }
        answers.append(Answer(domain: domain.name, question: question, told: told))
      }
    }
    guard answers.contains(where: { $0.told != nil }) else {
      throw SampleError(
        "nothing may be told: every answer is about fewer than \(gate.rule.minimum) people, or would "
          + "tell of so few beside what was told before")
    }
    self.answers = answers
  }

  /// The header of the table.
  public static let header = [
    "domain", "statistic", "column", "estimate", "standard_error", "lower", "upper",
    "design_effect", "degrees", "rows", "kept_back",
  ]

  /// The table's rows: numbers as they are; what is kept back is counted for each question, and not
  /// named, since a name may be one person's.
  public var rows: [[String]] {
    var rows: [[String]] = []
    func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
    for (place, answer) in answers.enumerated() {
      let words = answer.question.words
      if let told = answer.told {
        rows.append([
          answer.domain ?? "", words.statistic, words.column, text(told.value),
          text(told.standardError), text(told.interval?.lower), text(told.interval?.upper),
          text(told.designEffect), told.degrees.map(String.init) ?? "", "\(told.rows)", "",
        ])
      }
      let isLast = place + 1 == answers.count || answers[place + 1].domain == nil
      guard isLast else { continue }
      let own = answers[(answers[...place].lastIndex { $0.domain == nil } ?? 0)...place]
      let hidden = own.count { $0.told == nil }
      if hidden > 0 {
        rows.append(
          ["", words.statistic, words.column] + [String](repeating: "", count: 7) + ["\(hidden)"])
      }
    }
    return rows
  }
}
