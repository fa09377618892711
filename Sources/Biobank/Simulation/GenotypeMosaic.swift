internal import Foundation
internal import Statistics

/// New people whose genotypes are pieces of real people's, one after another along a chromosome.
///
/// Copying in the manner of Li & Stephens (Genetics 2003), but of both chromosomes at once: the real people
/// are not phased. Neighbouring variants keep their linkage, and nobody real is copied whole.
struct GenotypeMosaic {
  private let sources: Int
  private let length: Double
  private var random: Xoshiro256
  private var source: [Int]
  private var left: [Int]

  /// - Parameter length: how many variants a piece has, on average.
  init(people: Int, sources: Int, length: Double, seed: UInt64) {
    self.sources = sources
    self.length = length
    random = Xoshiro256(seed: seed)
    source = [Int](repeating: 0, count: people)
    left = [Int](repeating: 0, count: people)
  }

  /// Begins a chromosome: everybody copies someone else.
  mutating func beginChromosome() {
    for person in left.indices { left[person] = 0 }
  }

  /// The genotypes of the new people at the next variant.
  mutating func next(_ real: [PlinkWriter.Genotype]) -> [PlinkWriter.Genotype] {
    var copied = [PlinkWriter.Genotype](repeating: .none, count: source.count)
    for person in source.indices {
      if left[person] == 0 {
        source[person] = random.draw(below: sources)
        left[person] = 1 + random.skip(length)
      }
      left[person] -= 1
      copied[person] = real[source[person]]
    }
    return copied
  }
}

extension Xoshiro256 {
  /// How many times nothing happens before something does that happens once in `oneIn` times.
  mutating func skip(_ oneIn: Double) -> Int {
    guard oneIn > 1 else { return 0 }
    return Int(min(1e15, log(1 - drawUnit()) / log1p(-1 / oneIn)))
  }

  /// A number of the standard normal distribution.
  mutating func drawNormal() -> Double {
    Normal.point(ofShare: min(max(drawUnit(), 0x1p-60), 1 - 0x1p-53))
  }
}
