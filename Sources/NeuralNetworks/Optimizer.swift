internal import Tensors

/// Adam over all weights of a network: the moments and the count of steps.
struct Optimizer: Hashable, Sendable {
  var moments: [AdamMoments]
  var steps = 0

  init(for parameters: Parameters) { moments = parameters.tensors.map(AdamMoments.init) }

  init(moments: [AdamMoments], steps: Int) {
    self.moments = moments
    self.steps = steps
  }

  /// Moves all weights by one step.
  mutating func update(
    _ parameters: inout Parameters, by gradients: [Gradient], rate: Double, plan: TrainingPlan
  ) {
    steps += 1
    var step = AdamStep(rate: Float(rate), step: steps)
    switch plan.weightDecay {
    case .penalty(let size): step.penalty = size
    case .decoupled(let size): step.decoupledDecay = size
    }
    if let limit = plan.gradientLimit {
      let length = gradients.reduce(0) { $0 + $1.sumOfSquares }.squareRoot()
      if length > limit { step.gradientScale = Float(limit / length) }
    }
    for (place, gradient) in gradients.enumerated() {
      parameters.change(place) { step.update(&$0, by: gradient, &moments[place]) }
    }
  }
}
