internal import Statistics

/// The LDL cholesterol of made-up people, in mg/dL.
///
/// Mean 130 and standard deviation 35 in all. The effects of age and sex are made up: they are there so
/// that covariates have something to do. It is normal and not cut at 0, since cutting would make the
/// tails of a test of its own.
struct SimulatedTrait {
  static let mean = 130.0, deviation = 35.0
  private static let perYear = 0.3, ofWomen = 4.0
  private static let youngest = 40, years = 30

  /// The people, and what age and sex add.
  let people: [PlinkFiles.Person]
  let ages: [Int]
  /// What is neither age, sex, nor genes: of variance 1.
  private let noise: [Double]

  init(people count: Int, seed: UInt64) {
    var random = Xoshiro256(seed: SplitMix64.seed(seed, piece: Stream.people.rawValue))
    let width = "\(count)".count
    var people: [PlinkFiles.Person] = []
    var ages: [Int] = []
    for number in 1...count {
      let digits = "\(number)"
      let id = "S" + String(repeating: "0", count: width - digits.count) + digits
      people.append(PlinkFiles.Person(family: id, id: id, sex: 1 + random.draw(below: 2)))
      ages.append(Self.youngest + random.draw(below: Self.years))
    }
    self.people = people
    self.ages = ages
    var other = Xoshiro256(seed: SplitMix64.seed(seed, piece: Stream.noise.rawValue))
    noise = (0..<count).map { _ in other.drawNormal() }
  }

  /// The variance that age and sex make.
  private static var covariateVariance: Double {
    let n = Double(years)
    return perYear * perYear * (n * n - 1) / 12 + ofWomen * ofWomen / 4
  }

  /// The deviation of the noise, so that the whole has ``deviation``; nil where genes leave none.
  static func residual(genes variance: Double, polygenic: Double) -> Double? {
    let left = deviation * deviation * (1 - polygenic) - covariateVariance - variance
    return left > 0 ? left.squareRoot() : nil
  }

  /// The trait of a person, to two decimals.
  func value(_ person: Int, genes: Double, residual: Double) -> Double {
    let middle = Double(Self.youngest) + Double(Self.years - 1) / 2
    let value =
      Self.mean + Self.perYear * (Double(ages[person]) - middle)
      + Self.ofWomen * (people[person].sex == 2 ? 0.5 : -0.5) + genes + residual * noise[person]
    return (value * 100).rounded() / 100
  }
}

extension Xoshiro256 {
  /// A normal deviate of variance 1.
  mutating func drawNormal() -> Double { Normal.point(ofShare: max(drawUnit(), 0x1p-54)) }
}
