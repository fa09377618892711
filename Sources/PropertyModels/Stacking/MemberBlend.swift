import Foundation
import Statistics

/// How the answers of several models become one.
struct MemberBlend: Codable, Hashable {
  let isClass: Bool
  /// What each member counts; none is negative.
  let weights: [Double]
  /// Added to the weighted logits of a class; 0 for numbers.
  let offset: Double

  /// A probability is kept this far from 0 and 1, so that one sure error is not infinite.
  private static let margin = 1e-4

  /// Members that all count the same.
  init(equal count: Int, isClass: Bool) {
    self.isClass = isClass
    weights = [Double](repeating: 1 / Double(count), count: count)
    offset = 0
  }

  /// Weighs members by their answers to compounds they had not seen.
  ///
  /// - Parameters:
  ///   - rows: which rows may be looked at; those without an exact label are passed over.
  ///   - answers: of each member, over all rows of the set.
  init(_ set: TrainingSet, task: Int, rows: [Int], _ answers: [TaskOutput]) {
    let labels = set.labels[task]
    let known = rows.filter { labels[$0]?.relation == .equal }
    let targets = known.map { labels[$0]?.value ?? 0 }
    let importance = known.map { set.weights?[$0] ?? 1 }
    let columns = answers.map { answer in known.map { answer.values[$0] } }
    isClass = set.tasks[task].kind == .classification
    if isClass {
      let logits = columns.map { $0.map(Self.logit) }
      (weights, offset) = Self.fit(logits, targets, importance)
    } else {
      // A hundredth of the diagonal: members that say the same share, instead of taking all in turn.
      let fit = NonNegativeLeastSquares(
        columns: columns, targets: targets, weights: importance, ridge: 0.01)
      let none = fit.coefficients.allSatisfy { $0 == 0 }
      // Where no member is of any use, their mean is as good as anything.
      weights = none ? answers.map { _ in 1 / Double(answers.count) } : fit.coefficients
      offset = 0
    }
  }

  /// Logistic regression with weights that are exponentials, so that none is negative.
  private static func fit(
    _ logits: [[Double]], _ targets: [Double], _ importance: [Double]
  ) -> (weights: [Double], offset: Double) {
    let count = logits.count
    let start = [Double](repeating: -log(Double(count)), count: count) + [0]
    let best = LimitedMemoryBFGS(steps: 200, tolerance: 1e-6).minimum(from: start) { place in
      let weights = place.prefix(count).map { exp($0) }
      // A weak prior about equal weights; it also keeps a useless member's logarithm finite.
      var value = 0.0
      var gradient = [Double](repeating: 0, count: count + 1)
      for i in 0..<count {
        let away = (place[i] - start[i]) / 3
        value += away * away / 2
        gradient[i] = away / 3
      }
      for row in targets.indices {
        var x = place[count]
        for i in 0..<count { x += weights[i] * logits[i][row] }
        let small = exp(-abs(x))
        value += importance[row] * (max(x, 0) + log1p(small) - targets[row] * x)
        let probability = x >= 0 ? 1 / (1 + small) : small / (1 + small)
        let slope = importance[row] * (probability - targets[row])
        for i in 0..<count { gradient[i] += slope * weights[i] * logits[i][row] }
        gradient[count] += slope
      }
      return (value, gradient)
    }
    let place = best?.place ?? start
    return (place.prefix(count).map { exp($0) }, place[count])
  }

  /// The blend of answers to the same compounds.
  func output(_ answers: [TaskOutput]) -> TaskOutput {
    let count = answers.first?.values.count ?? 0
    if isClass {
      return TaskOutput(
        values: (0..<count).map { row in
          var x = offset
          for (weight, answer) in zip(weights, answers) {
            x += weight * Self.logit(answer.values[row])
          }
          return 1 / (1 + exp(-x))
        })
    }
    let total = weights.reduce(0, +)
    var output = TaskOutput(values: [])
    var deviations: [Double] = []
    for row in 0..<count {
      let value = zip(weights, answers).reduce(0) { $0 + $1.0 * $1.1.values[row] }
      // Each member's own doubt, and how far it is from the others.
      var variance = 0.0
      for (weight, answer) in zip(weights, answers) {
        let own = answer.deviations?[row] ?? 0
        let away = answer.values[row] - value / total
        variance += weight / total * (own * own + away * away)
      }
      output.values.append(value)
      deviations.append(variance.squareRoot())
    }
    output.deviations = deviations
    return output
  }

  /// Whether weights that were read can be computed with.
  func isUsable(members: Int) -> Bool {
    weights.count == members && weights.allSatisfy { $0 >= 0 && $0.isFinite }
      && weights.contains { $0 > 0 } && offset.isFinite
  }

  private static func logit(_ probability: Double) -> Double {
    let inside = min(max(probability, margin), 1 - margin)
    return log(inside / (1 - inside))
  }
}
