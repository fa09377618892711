import Entities
import PropertyModels

extension TaskPrediction {
  /// The prediction as a value with an interval, whatever its kind.
  ///
  /// A class is its probability of 1 with the deviation of a coin of that probability. Its lower end
  /// is 0 where class 0 cannot be excluded at 90 %, its upper end 1 where class 1 cannot; where none
  /// can be kept, both are open. So a class lies in the interval when it cannot be excluded.
  var range: PredictedValue {
    switch self {
    case .number(let value): return value
    case .activity(let activity):
      let p = activity.probability
      let classes = activity.classes(coverage: 0.9)
      let isOpen = classes.inactive == classes.active
      return PredictedValue(
        value: p, uncertainty: (p * (1 - p)).squareRoot(),
        lower: isOpen || classes.inactive ? 0 : p, upper: isOpen || classes.active ? 1 : p)
    }
  }
}

extension NearestCompound {
  /// The compound with what was measured for a task; NaN where nothing exact was.
  func measured(_ task: Int) -> NearestMeasured {
    let label = compound.labels[task]
    return NearestMeasured(
      id: compound.id, smiles: compound.smiles, similarity: similarity,
      value: label?.relation == .equal ? label?.value ?? .nan : .nan)
  }
}
