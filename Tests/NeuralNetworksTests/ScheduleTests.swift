import NeuralNetworks
import Testing

@Test func `a constant schedule stays at 1`() {
  #expect((0..<10).allSatisfy { LearningRateSchedule.constant.factor(step: $0, of: 10) == 1 })
}

@Test(
  "a warm-up rises to 1 and falls to the last factor",
  arguments: [
    LearningRateSchedule.warmUpCosine(warmUp: 0.1, last: 0.01),
    .warmUpExponential(warmUp: 0.1, first: 0.1, last: 0.01),
  ])
func warmUp(_ schedule: LearningRateSchedule) {
  let factors = (0..<1000).map { schedule.factor(step: $0, of: 1000) }
  #expect(factors.max() == 1)
  #expect(factors.firstIndex(of: 1) == 99)
  #expect(zip(factors[..<100], factors[1..<100]).allSatisfy { $0 < $1 })
  #expect(zip(factors[100...], factors[101...]).allSatisfy { $0 > $1 })
  #expect(abs(factors[999] - 0.01) < 1e-3)
}

@Test func `one step without room for a warm-up is a full step`() {
  #expect(LearningRateSchedule.warmUpCosine(warmUp: 0.1, last: 0).factor(step: 0, of: 1) == 1)
}
