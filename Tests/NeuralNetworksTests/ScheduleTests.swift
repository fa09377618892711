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
  // The cosine is at its top in the warm-up's last step, chemprop's schedule in the one after it.
  let top = factors.firstIndex(of: 1) ?? 0
  #expect(top == 99 || top == 100)
  #expect(zip(factors[..<top], factors[1...top]).allSatisfy { $0 < $1 })
  #expect(zip(factors[100...], factors[101...]).allSatisfy { $0 > $1 })
  #expect(abs(factors[999] - 0.01) < 1e-3)
}

@Test func `one step without room for a warm-up is a full step`() {
  #expect(LearningRateSchedule.warmUpCosine(warmUp: 0.1, last: 0).factor(step: 0, of: 1) == 1)
}

@Test func `the exponential schedule is chemprop's`() {
  // build_NoamLike_LRSched(warmup_steps=6, cooldown_steps=9, 1e-4, 1e-3, 1e-4) of chemprop 2.3.1.
  let schedule = LearningRateSchedule.warmUpExponential(warmUp: 0.4, first: 0.1, last: 0.1)
  let expected = [
    1e-4, 2.5e-4, 4e-4, 5.5e-4, 7e-4, 8.5e-4, 1e-3, 7.742637e-4, 5.994843e-4, 4.641589e-4,
    3.593814e-4, 2.782559e-4, 2.154435e-4, 1.668101e-4, 1.291550e-4,
  ]
  for (step, rate) in expected.enumerated() {
    #expect(abs(1e-3 * schedule.factor(step: step, of: 15) - rate) < 1e-9)
  }
}
