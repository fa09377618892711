import Foundation
internal import LinearAlgebra

/// Level 1: how much each block's predictions weigh, by one more ridge regression, and which shrinkage
/// predicts best in people it did not see.
struct StackedRidge: Sendable {
  /// How well a shrinkage predicts people it did not see.
  struct Quality: Sendable {
    let share: Double
    /// The square of the correlation, and what is to be least: mean squared error, or −log likelihood.
    let rSquared: Double, loss: Double
  }

  /// The qualities, in the order of the shares.
  let qualities: [Quality]
  /// The number of the best share.
  let best: Int
  /// The weights of the predictors for each fold, none of which saw it.
  let weights: [[Double]]

  /// A measured trait.
  init(_ predictors: Matrix<Double>, trait: [Double], folds: Folds) throws(BiobankError) {
    let penalties = Shrinkage.penalties(predictors: predictors.columns)
    var (gram, cross) = (
      Matrix<Double>(rows: predictors.columns, columns: predictors.columns),
      [Double](repeating: 0, count: predictors.columns)
    )
    let parts = folds.ranges.map { range in
      Self.sums(Self.rows(predictors, range), Array(trait[range]))
    }
    for part in parts {
      gram = Matrix(
        rows: gram.rows, columns: gram.columns,
        elements: zip(gram.elements, part.gram.elements).map(+))
      cross = zip(cross, part.cross).map(+)
    }
    var (all, predicted): ([[[Double]]], [[Double]]) = (
      [], [[Double]](repeating: [], count: penalties.count)
    )
    for (range, part) in zip(folds.ranges, parts) {
      let others = Matrix(
        rows: gram.rows, columns: gram.columns,
        elements: zip(gram.elements, part.gram.elements).map(-))
      let right = zip(cross, part.cross).map(-)
      let held = Self.rows(predictors, range)
      var found: [[Double]] = []
      for (number, penalty) in penalties.enumerated() {
        let weights = try Ridge.solve(others, right, penalty: penalty)
        predicted[number] += held.applied(to: weights)
        found.append(weights)
      }
      all.append(found)
    }
    let qualities = zip(Shrinkage.shares, predicted).map { share, values in
      let error = zip(values, trait).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      return Quality(
        share: share, rSquared: Self.rSquared(values, trait), loss: error / Double(trait.count))
    }
    let best = Self.best(qualities)
    (self.qualities, self.best) = (qualities, best)
    weights = all.map { $0[best] }
  }

  /// Cases and controls, by logistic ridge regression beside what the covariates say.
  ///
  /// - Parameter offset: the covariates' log odds of each person.
  init(
    _ predictors: Matrix<Double>, cases: [Double], offset: [Double], folds: Folds
  ) throws(BiobankError) {
    let penalties = Shrinkage.penalties(
      predictors: predictors.columns, scale: 3 / (Double.pi * Double.pi))
    var (all, predicted): ([[[Double]]], [[Double]]) = (
      [], [[Double]](repeating: [], count: penalties.count)
    )
    for range in folds.ranges {
      let others = (0..<cases.count).filter { !range.contains($0) }
      let seen = Matrix(
        rows: others.count, columns: predictors.columns,
        elements: others.flatMap { Array(predictors.row($0)) })
      let held = Self.rows(predictors, range)
      var weights = [Double](repeating: 0, count: predictors.columns)
      var found: [[Double]] = []
      for (number, penalty) in penalties.enumerated() {
        weights = try LogisticRidge.fit(
          seen, others.map { cases[$0] }, offset: others.map { offset[$0] }, penalty: penalty,
          start: weights)
        predicted[number] += zip(range, held.applied(to: weights)).map {
          min(max(1 / (1 + exp(-offset[$0] - $1)), 1e-5), 1 - 1e-5)
        }
        found.append(weights)
      }
      all.append(found)
    }
    let qualities = zip(Shrinkage.shares, predicted).map { share, values in
      let likelihood = zip(values, cases).reduce(0) {
        $0 + ($1.1 == 1 ? log($1.0) : log(1 - $1.0))
      }
      return Quality(
        share: share, rSquared: Self.rSquared(values, cases),
        loss: -likelihood / Double(cases.count))
    }
    let best = Self.best(qualities)
    (self.qualities, self.best) = (qualities, best)
    weights = all.map { $0[best] }
  }

  private static func best(_ qualities: [Quality]) -> Int {
    qualities.indices.min { (qualities[$0].loss, $0) < (qualities[$1].loss, $1) } ?? 0
  }

  private static func sums(
    _ rows: Matrix<Double>, _ values: [Double]
  ) -> (gram: Matrix<Double>, cross: [Double]) {
    (rows.times(.transposed, rows, .plain), rows.transposed().applied(to: values))
  }

  static func rows(_ matrix: Matrix<Double>, _ range: Range<Int>) -> Matrix<Double> {
    let width = matrix.columns
    return Matrix(
      rows: range.count, columns: width,
      elements: Array(matrix.elements[range.lowerBound * width..<range.upperBound * width]))
  }

  private static func rSquared(_ one: [Double], _ other: [Double]) -> Double {
    let count = Double(one.count)
    let (meanOne, meanOther) = (one.reduce(0, +) / count, other.reduce(0, +) / count)
    var (cross, own, others) = (0.0, 0.0, 0.0)
    for (a, b) in zip(one, other) {
      cross += (a - meanOne) * (b - meanOther)
      own += (a - meanOne) * (a - meanOne)
      others += (b - meanOther) * (b - meanOther)
    }
    return own > 0 && others > 0 ? cross * cross / own / others : 0
  }
}
