import Foundation

extension SiteRules {
  /// Why nothing of a study may be told, whatever is asked; nil where it may.
  func refusal(_ study: StudyDefinition, _ cohort: SiteCohort) -> SiteRefusal? {
    guard cohort.persons >= minimumPersons else { return .fewPersons }
    let coefficients = study.coefficientNames.count
    guard cohort.persons >= personsPerCoefficient * coefficients else { return .manyTerms }
    return hasSmallGroup(study, cohort) ? .smallCell : nil
  }

  /// Whether sums of the first rounds are solved for a group below the minimum.
  ///
  /// At coefficients of 0 the gradient tells each level's persons and events, the information each
  /// pair of levels. Where no column is measured the rounds after it tell all combinations, so those
  /// are looked at then.
  private func hasSmallGroup(_ study: StudyDefinition, _ cohort: SiteCohort) -> Bool {
    let classes = Self.classes(study, cohort)
    let grouped = cohort.columns.map { SiteCohort.levels($0) == nil ? nil : $0 }
    if !grouped.contains(where: { $0 == nil }) {
      return isSmall(grouped.compactMap { $0 } + [classes])
    }
    let columns = grouped.compactMap { $0 }
    if isSmall([classes]) { return true }
    for (place, column) in columns.enumerated() {
      if isSmall([column, classes]) { return true }
      for other in columns[..<place] where isSmall([column, other]) { return true }
    }
    return false
  }

  /// The outcome's groups: event or none, or the values of a measure that has few.
  private static func classes(_ study: StudyDefinition, _ cohort: SiteCohort) -> [Double] {
    switch study.model {
    case .logistic, .cox, .poisson: cohort.outcome.map { $0 > 0 ? 1 : 0 }
    case .linear:
      SiteCohort.levels(cohort.outcome) == nil
        ? [Double](repeating: 0, count: cohort.persons) : cohort.outcome
    }
  }

  private func isSmall(_ columns: [[Double]]) -> Bool {
    var counts: [[Double]: Int] = [:]
    for row in 0..<(columns.first?.count ?? 0) {
      counts[columns.map { $0[row] }, default: 0] += 1
    }
    return counts.values.contains { $0 < minimumCell }
  }

  /// Whether a few persons make up the sums at a place.
  ///
  /// Coefficients far out make all weights vanish but those of persons near a plane of the asker's
  /// choice; the sums would then be those persons' own columns. Kish's effective number of the
  /// weights, (Σw)²/Σw², and of the residuals, is held to a minimum (Kish, Survey Sampling, 1965).
  func isCarriedByFew(
    _ study: StudyDefinition, _ cohort: SiteCohort, predictors: [Double]
  ) -> Bool {
    var weights = Effective()
    var residuals = Effective()
    // Against the largest, or hazards overflow.
    let top = study.model == .cox ? predictors.max() ?? 0 : 0
    for (y, eta) in zip(cohort.outcome, predictors) {
      switch study.model {
      case .linear: return false
      case .logistic:
        let fitted = 1 / (1 + exp(-eta))
        weights.add(fitted * (1 - fitted))
        residuals.add(abs(y - fitted))
      case .poisson:
        weights.add(exp(eta))
        residuals.add(abs(y - exp(eta)))
      case .cox: weights.add(exp(eta - top))
      }
    }
    if study.model == .cox { return !(weights.number >= minimumEffective) }
    return !(weights.number >= minimumEffective && residuals.number >= minimumEffective)
  }

  private struct Effective {
    var sum = 0.0, squares = 0.0
    var number: Double { squares > 0 ? sum * sum / squares : 0 }
    mutating func add(_ value: Double) {
      sum += value
      squares += value * value
    }
  }

  /// How many numbers may ever be told of a study: a share of what the hospital holds of it.
  ///
  /// Each sum is an equation of the persons' values. While there are far fewer equations than values
  /// no person's are determined.
  func numbersAllowed(_ study: StudyDefinition, _ cohort: SiteCohort) -> Int {
    let held = 1 + study.terms.count + (study.time == nil ? 0 : 1)
    return Int(toldShare * Double(cohort.persons * held))
  }
}
