public import Provenance
public import Statistics

/// One study over several hospitals, as its coordinator leads it: round after round of questions, and
/// from the sums of a round the place of the next.
///
/// A value without clock or socket, written to a file after every round: a killed coordinator goes on
/// where it stood. A round closes only when every hospital of the run has answered *that* round; a
/// hospital that is left out starts the fit anew, so no sum mixes two sets of hospitals.
public struct FederatedRun: Codable, Hashable, Sendable {
  /// What is being asked.
  public enum Phase: String, Codable, Hashable, Sendable {
    /// Mean and spread of standardised terms.
    case moments
    /// Sums at a place.
    case newton
    /// Each hospital's own estimate.
    case estimates
    /// The contingency table.
    case table
    /// Nothing more.
    case done
  }

  /// The study.
  public let study: StudyDefinition
  /// The run's name.
  public let run: MessageID
  /// The hospitals whose answers are awaited in every round.
  public private(set) var sites: [String]
  /// Those that were left out, and why.
  public private(set) var missing: [String: String] = [:]
  /// What is being asked.
  public private(set) var phase: Phase
  /// The round.
  public private(set) var round: UInt32 = 0
  /// Who shares in masked sums, by names and keys; nil for a study without masks.
  public let roster: Digest?
  /// Whether the hospitals' own estimates are compared at the end.
  public let compares: Bool
  /// The scalings of the standardised terms, from the first round.
  public private(set) var scalings: [Scaling] = []
  /// Where the sums are wanted.
  public private(set) var place: [Double]
  /// The fit, once it has converged.
  public private(set) var fit: NewtonFit?
  /// Why there is none.
  public private(set) var failure: RegressionFailure?
  /// The hospitals' own estimates, where they gave one.
  public private(set) var estimates: [SiteEstimate] = []
  /// Each hospital's table.
  public private(set) var tables: [String: [UInt32?]] = [:]
  /// Each hospital's table with noise, where a privacy loss was given.
  public private(set) var noisyTables: [String: [Int64]] = [:]
  /// The privacy loss at which tables are asked for; nil for tables with small cells kept back.
  public let noise: PrivacyLoss?
  /// The persons of each hospital, as it tells them.
  public private(set) var persons: [String: Int] = [:]
  /// The sums of closed rounds: they are the solver's whole state.
  private var closed: [NewtonAggregate] = []
  /// The answers of the open round.
  private var answers: [String: SiteAnswer] = [:]

  /// Begins a run.
  public init(
    _ study: StudyDefinition, sites: [String], run: MessageID, compares: Bool = false,
    roster: Digest? = nil, noise: PrivacyLoss? = nil
  ) throws(HospitalError) {
    guard (study.masked == true) == (roster != nil) else {
      throw HospitalError("a study with masks needs every hospital's masking key, another has none")
    }
    guard roster == nil || !compares else {
      throw HospitalError("a study with masks has no estimates of single hospitals to compare")
    }
    guard !sites.isEmpty, sites.count <= FederationLimits.sites, Set(sites).count == sites.count,
      sites.allSatisfy(FederationLimits.isName)
    else {
      throw HospitalError(
        "a run has 1 to \(FederationLimits.sites) hospitals, each named once")
    }
    self.study = study
    self.run = run
    self.sites = sites.sorted()
    self.compares = compares
    self.roster = roster
    self.noise = noise
    place = [Double](repeating: 0, count: study.shape.coefficients)
    phase = study.shape.standardised > 0 ? .moments : .newton
  }

  /// The hospitals that have not answered the open round.
  public var awaited: [String] {
    phase == .done ? [] : sites.filter { answers[$0] == nil }
  }

  /// What a hospital is asked now, under a name of its own; nil when nothing is.
  public func question(nonce: MessageID) -> Question? {
    let body: Question.Body
    switch phase {
    case .moments: body = .moments
    case .newton: body = .newton(scalings: scalings, coefficients: place)
    case .estimates: body = .estimate(scalings: scalings)
    case .table:
      body =
        noise.map { .noisyTable(numerator: $0.numerator, denominator: $0.denominator) } ?? .table
    case .done: return nil
    }
    return Question(study: study.digest, run: run, round: round, nonce: nonce, body: body)
  }

  /// What became of an answer.
  public enum Reception: Hashable, Sendable {
    /// It counts.
    case taken
    /// It is of another round, run or question, or from elsewhere: it changes nothing.
    case dropped
    /// The hospital does not answer this round, and says why.
    case refused(SiteRefusal)
  }

  /// Takes an answer to a question of the open round.
  public mutating func take(
    _ answer: Answer, from site: String, to question: Question
  ) -> Reception {
    guard answer.site == site, sites.contains(site), answers[site] == nil, phase != .done,
      answer.answers(question), let open = self.question(nonce: question.nonce), open == question
    else { return .dropped }
    switch answer.body {
    case .refusal(.noEstimate): answers[site] = .noEstimate
    case .refusal(let refusal): return .refused(refusal)
    case .moments(let persons, let moments) where phase == .moments:
      answers[site] = .moments(persons: Int(persons), moments)
    case .newton(let sums) where phase == .newton: answers[site] = .newton(sums)
    case .estimate(let persons, let coefficients, let covariance) where phase == .estimates:
      answers[site] = .estimate(
        SiteEstimate(
          site: site, persons: Int(persons), coefficients: coefficients, covariance: covariance))
    case .masked(let whose, let numbers) where whose == roster:
      answers[site] = .masked(numbers)
    case .table(let cells) where phase == .table: answers[site] = .table(cells)
    case .noisyTable(let cells) where phase == .table: answers[site] = .noisyTable(cells)
    default: return .dropped
    }
    return .taken
  }

  /// Leaves a hospital out, and begins the fit anew with the others: the result says so.
  ///
  /// - Returns: whether a hospital is left to ask.
  public mutating func leaveOut(_ site: String, because reason: String) -> Bool {
    guard sites.contains(site) else { return !sites.isEmpty }
    // The others' pads for it would stay in the sum.
    guard roster == nil else { return false }
    missing[site] = reason
    sites.removeAll { $0 == site }
    answers = [:]
    persons[site] = nil
    // After the fit only tables and own estimates are asked for, which stand side by side; but they
    // must be of the hospitals of the fit.
    (closed, scalings, fit, estimates, tables, noisyTables) = ([], [], nil, [], [:], [:])
    place = [Double](repeating: 0, count: study.shape.coefficients)
    phase = study.shape.standardised > 0 ? .moments : .newton
    round += 1
    return !sites.isEmpty
  }

  /// Closes the round when every hospital has answered, and opens the next.
  ///
  /// - Returns: whether it did.
  public mutating func advance() -> Bool {
    guard phase != .done, awaited.isEmpty else { return false }
    // In the order of the sites' names, so that rounding does not hang on who answered first.
    let given = sites.compactMap { site in answers[site].map { (site, $0) } }
    answers = [:]
    round += 1
    switch phase {
    case .moments: close(moments: given)
    case .newton: close(newton: given)
    case .estimates:
      estimates = given.compactMap {
        if case .estimate(let estimate) = $0.1 { estimate } else { nil }
      }
      phase = study.table == nil ? .done : .table
    case .table:
      for case (let site, .table(let cells)) in given { tables[site] = cells }
      for case (let site, .noisyTable(let cells)) in given { noisyTables[site] = cells }
      phase = .done
    case .done: break
    }
    return true
  }

  private mutating func close(moments given: [(String, SiteAnswer)]) {
    var pool = MomentPool(terms: study.shape.standardised)
    for case (let site, .moments(let persons, let moments)) in given {
      self.persons[site] = persons
      pool.add(persons, moments)
    }
    let parts = given.compactMap { if case .masked(let numbers) = $0.1 { numbers } else { nil } }
    if roster != nil { pool.add(sums: MaskedNumber.values(parts)) }
    guard let scalings = pool.scalings else {
      let columns = study.terms.indices.filter { study.terms[$0].scaling == .standardised }
      failure = .dependentColumns(column: columns[pool.constant] + (study.hasIntercept ? 1 : 0))
      phase = .done
      return
    }
    self.scalings = scalings
    phase = .newton
  }

  private mutating func close(newton given: [(String, SiteAnswer)]) {
    var total = NewtonAggregate.none(order: study.shape.coefficients)
    for case (let site, .newton(let sums)) in given {
      persons[site] = sums.rows
      total = total + sums
    }
    if roster != nil {
      let parts = given.compactMap { if case .masked(let numbers) = $0.1 { numbers } else { nil } }
      guard let sum = Self.aggregate(MaskedNumber.values(parts), study.shape) else {
        failure = .notFinite
        phase = .done
        return
      }
      total = sum
      persons = ["all together": sum.rows]
    }
    closed.append(total)
    // The solver is a function of the sums so far; running it anew is cheaper than storing it.
    var solver = NewtonSolver(order: study.shape.coefficients, limit: 40)
    var step = NewtonSolver.Step.ask
    for sums in closed { step = solver.take(sums) }
    switch step {
    case .ask: place = solver.place
    case .failed(let failure):
      self.failure = failure
      phase = .done
    case .converged(let fit):
      self.fit = fit
      phase = compares ? .estimates : study.table == nil ? .done : .table
    }
  }

  /// The sums of persons, likelihood, gradient and information in the order they were masked in.
  private static func aggregate(_ values: [Double], _ shape: AnswerShape) -> NewtonAggregate? {
    guard values.count == 2 + shape.coefficients + shape.triangle else { return nil }
    return NewtonAggregate(
      logLikelihood: values[1], gradient: Array(values[2..<2 + shape.coefficients]),
      information: Array(values[(2 + shape.coefficients)...]), rows: Int(values[0].rounded()))
  }
}
