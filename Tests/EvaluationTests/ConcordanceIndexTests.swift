import Evaluation
import Statistics
import Testing

@Suite struct ConcordanceIndexTests {
  /// By its definition, pair by pair.
  private func counted(_ predicted: [Double], _ measured: [Double]) -> Double? {
    var (sum, pairs) = (0.0, 0)
    for i in measured.indices {
      for j in measured.indices where measured[i] < measured[j] {
        pairs += 1
        sum += predicted[i] < predicted[j] ? 1 : predicted[i] == predicted[j] ? 0.5 : 0
      }
    }
    return pairs > 0 ? sum / Double(pairs) : nil
  }

  @Test(arguments: 0..<20) func `it is what counting all pairs gives, ties and all`(seed: UInt64) {
    var random = Xoshiro256(seed: seed)
    let count = Int(random.next() % 60)
    let predicted = (0..<count).map { _ in Double(random.next() % 9) }
    let measured = (0..<count).map { _ in Double(random.next() % 7) }
    let index = ConcordanceIndex.value(predicted: predicted, measured: measured)
    switch (index, counted(predicted, measured)) {
    case (nil, nil): break
    case (let index?, let counted?): #expect(abs(index - counted) < 1e-12)
    default: Issue.record("one of them is undefined")
    }
  }

  @Test func `a perfect order has 1, the reverse 0, a constant a half`() {
    let rising = [1.0, 2, 3, 4]
    #expect(ConcordanceIndex.value(predicted: rising, measured: rising) == 1)
    #expect(ConcordanceIndex.value(predicted: rising.reversed(), measured: rising) == 0)
    #expect(ConcordanceIndex.value(predicted: [5, 5, 5, 5], measured: rising) == 0.5)
    #expect(ConcordanceIndex.value(predicted: rising, measured: [2, 2, 2, 2]) == nil)
    #expect(ConcordanceIndex.value(predicted: [.nan, 1], measured: [1, 2]) == nil)
  }
}
