import Statistics
import Testing

@Suite("Random numbers") struct RandomTests {
  @Test func `SplitMix64 gives its published numbers`() {
    var generator = SplitMix64(seed: 1_234_567)
    let numbers = (0..<3).map { _ in generator.next() }
    #expect(
      numbers == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
  }

  @Test func `one seed gives one sequence, another seed another`() {
    func first(_ seed: UInt64) -> [UInt64] {
      var generator = Xoshiro256(seed: seed)
      return (0..<50).map { _ in generator.next() }
    }
    #expect(first(7) == first(7))
    #expect(Set(first(7)).isDisjoint(with: first(8)))
    #expect(SplitMix64.seed(7, piece: 0) != SplitMix64.seed(7, piece: 1))
    #expect(SplitMix64.seed(7, piece: 1) != SplitMix64.seed(8, piece: 0))
  }

  @Test func `each number below a bound is drawn about as often`() {
    var generator = Xoshiro256(seed: 1)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[generator.draw(below: 7)] += 1 }
    // Five standard deviations of a count about 10,000.
    #expect(counts.allSatisfy { abs($0 - 10_000) < 463 })
  }

  @Test func `an order holds every number once, and each place is as likely`() {
    var generator = Xoshiro256(seed: 2)
    var firsts = [Int](repeating: 0, count: 5)
    for _ in 0..<50_000 {
      let order = generator.drawOrder(of: 5)
      #expect(order.sorted() == [0, 1, 2, 3, 4])
      firsts[order[0]] += 1
    }
    #expect(firsts.allSatisfy { abs($0 - 10_000) < 448 })
    #expect(generator.drawOrder(of: 0) == [])
  }

  @Test func `a unit draw lies from 0 up to 1`() {
    var generator = Xoshiro256(seed: 3)
    let draws = (0..<10_000).map { _ in generator.drawUnit() }
    #expect(draws.allSatisfy { (0..<1).contains($0) })
    #expect(abs(draws.reduce(0, +) / 10_000 - 0.5) < 0.015)
  }

  /// Made with CPython 3.11's `random.Random(seed).shuffle(list(range(12)))`.
  @Test(
    arguments: [
      (0, [1, 9, 8, 5, 10, 2, 3, 7, 4, 0, 11, 6]),
      (7, [7, 11, 3, 10, 8, 4, 9, 1, 0, 6, 2, 5]),
      (4_294_967_295, [0, 6, 1, 5, 8, 2, 7, 4, 11, 3, 9, 10]),
      (4_294_967_296, [11, 10, 7, 3, 9, 2, 4, 8, 0, 6, 5, 1]),
      (6_172_839_450_617_283_945, [3, 2, 11, 4, 7, 1, 0, 5, 9, 6, 8, 10]),
    ] as [(UInt64, [Int])])
  func `Python's shuffle is repeated for small and large seeds`(seed: UInt64, expected: [Int]) {
    var random = PythonRandom(seed: seed)
    var items = Array(0..<12)
    random.shuffle(&items)
    #expect(items == expected)
  }

  @Test func `Python's shuffle is repeated beyond the first twist of the state`() {
    var random = PythonRandom(seed: 3)
    var items = Array(0..<2000)
    random.shuffle(&items)
    #expect(items.prefix(5) == [1006, 619, 20, 1132, 1584])
    #expect(items.enumerated().reduce(0) { $0 + $1.offset * $1.element } == 2_004_385_509)
  }
}
