public import Provenance
public import Statistics

/// What a hospital answers: sums over its persons, or a refusal; nothing that could carry a row.
///
/// Which numbers there are, and so how many bytes, follows from the question and its study alone
/// (``AnswerShape``). There is no case with free text, with a list of free length, or with one entry
/// for a person.
public struct Answer: Hashable, Sendable {
  /// What is answered.
  public enum Body: Hashable, Sendable {
    /// One moment for each standardised term.
    case moments(persons: UInt32, [TermMoment])
    /// Log likelihood, gradient and information.
    case newton(NewtonAggregate)
    /// The hospital's own estimate and its covariance, the lower triangle row by row.
    case estimate(persons: UInt32, coefficients: [Double], covariance: [Double])
    /// The cells of a table with their sums, row by row; nil where kept back.
    case table([UInt32?])
    /// The cells with noise, row by row.
    case noisyTable([Int64])
    /// The numbers of a moment or of sums behind pads, and the digest of those who share in them.
    case masked(roster: Digest, [MaskedNumber])
    /// Nothing, and why.
    case refusal(SiteRefusal)
  }

  /// The hospital.
  public let site: String
  /// The digest of the question, all its bytes.
  public let question: Digest
  /// The study of the question.
  public let study: Digest
  /// Its run.
  public let run: MessageID
  /// Its round.
  public let round: UInt32
  /// Its nonce.
  public let nonce: MessageID
  /// What is answered.
  public let body: Body

  /// The answer to a question.
  public init(site: String, to question: Question, _ body: Body) {
    self.init(
      site: site, question: Digest(of: question.bytes), study: question.study, run: question.run,
      round: question.round, nonce: question.nonce, body: body)
  }

  init(
    site: String, question: Digest, study: Digest, run: MessageID, round: UInt32, nonce: MessageID,
    body: Body
  ) {
    self.site = site
    self.question = question
    self.study = study
    self.run = run
    self.round = round
    self.nonce = nonce
    self.body = body
  }

  /// Whether this is the answer to that question and to no other.
  public func answers(_ question: Question) -> Bool {
    self.question == Digest(of: question.bytes) && study == question.study && run == question.run
      && round == question.round && nonce == question.nonce
  }
}

/// Mean and spread of a column, in sums that can be put together.
public struct TermMoment: Codable, Hashable, Sendable {
  /// The mean.
  public let mean: Double
  /// Σ (x − mean)².
  public let squares: Double

  /// A moment.
  public init(mean: Double, squares: Double) {
    self.mean = mean
    self.squares = squares
  }
}

/// How many numbers of which kind an answer has: decided before it is asked for.
public struct AnswerShape: Hashable, Sendable {
  /// The study's coefficients.
  public let coefficients: Int
  /// Its standardised terms.
  public let standardised: Int
  /// Its table's rows and columns; 0 × 0 without a table.
  public let rows: Int, columns: Int
  /// Whether moments and sums come behind pads.
  public let isMasked: Bool

  /// A shape.
  public init(coefficients: Int, standardised: Int, rows: Int, columns: Int, isMasked: Bool = false)
  {
    self.coefficients = coefficients
    self.standardised = standardised
    self.rows = rows
    self.columns = columns
    self.isMasked = isMasked
  }

  /// The lower triangle of a matrix over the coefficients.
  public var triangle: Int { coefficients * (coefficients + 1) / 2 }

  /// How many numbers the answer to a question tells.
  public func numbers(_ body: Question.Body) -> Int {
    switch body {
    case .moments: 1 + 2 * standardised
    case .newton: 2 + coefficients + triangle
    case .estimate: 1 + coefficients + triangle
    case .table: (rows + 1) * (columns + 1)
    case .noisyTable: rows * columns
    }
  }

  /// How many bytes the body of an answer takes, its kind included.
  public func bytes(_ body: Question.Body) -> Int {
    switch body {
    case .moments where isMasked, .newton where isMasked: 1 + 32 + 16 * numbers(body)
    case .moments: 1 + 4 + 16 * standardised
    case .newton: 1 + 4 + 8 * (1 + coefficients + triangle)
    case .estimate: 1 + 4 + 8 * (coefficients + triangle)
    case .table: 1 + 4 * numbers(body)
    case .noisyTable: 1 + 8 * numbers(body)
    }
  }
}

extension Answer {
  /// The refusal of a message in another version: what it asked, nobody here can read.
  public init(site: String, refusingVersionOf message: [UInt8]) {
    let nobody = MessageID(high: 0, low: 0)
    let unread = Digest(of: message)
    self.init(
      site: site, question: unread, study: unread, run: nobody, round: 0, nonce: nobody,
      body: .refusal(.wrongVersion))
  }
}
