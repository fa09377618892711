public import Molecules

/// Why a model could not be fitted or asked.
public enum FittingError: Error, Hashable, Sendable {
  /// The training set does not hold together: as many labels as compounds, and the like.
  case shape(String)
  /// A task has too few labels to learn from.
  case tooFew(task: String, labels: Int, needed: Int)
  /// All labels of a regression are equal.
  case constant(task: String)
  /// All labels of a classification are of one class.
  case oneClass(task: String)
  /// A label is NaN or infinite; rows count from 1.
  case notFinite(task: String, row: Int)
  /// A label of a classification is neither 0 nor 1; rows count from 1.
  case notAClass(task: String, row: Int, value: Double)
  /// A value has no logarithm, and the task asks for it; rows count from 1.
  case notPositive(task: String, row: Int, value: Double)
  /// A label of a classification is a bound; rows count from 1.
  case boundedClass(task: String, row: Int)
  /// The family does not learn from bounds such as `> 10 µM`.
  case censored(family: String, task: String)
  /// A structure does not have a feature that the family reads.
  case structure(smiles: String, MoleculeError)
  /// The settings make no sense.
  case settings(family: String, reason: String)
  /// The computation broke down, as with a matrix that is singular.
  case numerics(family: String, reason: String)
}

extension FittingError: CustomStringConvertible {
  /// One line for a person.
  public var description: String {
    switch self {
    case .shape(let reason): reason
    case .tooFew(let task, let labels, let needed):
      "\(task) has \(labels) labels, at least \(needed) are needed"
    case .constant(let task): "\(task) has the same value in every row: there is nothing to learn"
    case .oneClass(let task): "\(task) has labels of one class only: there is nothing to learn"
    case .notFinite(let task, let row): "\(task) is not a finite number in row \(row)"
    case .notAClass(let task, let row, let value):
      "\(task) is \(value) in row \(row), a class is 0 or 1"
    case .notPositive(let task, let row, let value):
      "\(task) is \(value) in row \(row), which has no logarithm"
    case .boundedClass(let task, let row): "\(task) is a bound in row \(row), a class is none"
    case .censored(let family, let task):
      "\(family) does not learn from bounds, which \(task) has: choose a family that does"
    case .structure(let smiles, let error): "\(smiles): \(error)"
    case .settings(let family, let reason): "settings of \(family): \(reason)"
    case .numerics(let family, let reason): "\(family) broke down: \(reason)"
    }
  }
}
