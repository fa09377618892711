import Entities
import Records

/// A population whose shares of age groups stand in for everybody's, so that an old country and a
/// young one can be compared.
public struct StandardPopulation: Hashable, Sendable {
  /// The first year of each group, ascending; a group ends where the next begins, the last never.
  public let ages: [Int]
  /// The share of each group; they need not add up to 1.
  public let shares: [Double]

  /// Describes a population.
  public init(ages: [Int], shares: [Double]) throws(SampleError) {
    guard !ages.isEmpty, ages.count == shares.count, zip(ages, ages.dropFirst()).allSatisfy(<),
      shares.allSatisfy({ $0 >= 0 && $0.isFinite }), shares.contains(where: { $0 > 0 })
    else {
      throw SampleError(
        "a standard population has ages that rise, each with a share that is not negative")
    }
    self.ages = ages
    self.shares = shares
  }

  private init(known ages: [Int], _ shares: [Double]) {
    self.ages = ages
    self.shares = shares
  }

  /// The World Health Organization's world average of 2000 to 2025, per cent.
  ///
  /// Ahmad et al., Age standardization of rates: a new WHO standard, GPE discussion paper 31, 2001,
  /// table 4; 85 and older together.
  public static let world = StandardPopulation(
    known: Array(stride(from: 0, through: 85, by: 5)),
    [
      8.86, 8.69, 8.60, 8.47, 8.22, 7.93, 7.61, 7.15, 6.59, 6.04, 5.37, 4.55, 3.72, 2.96, 2.21,
      1.52, 0.91, 0.63,
    ])

  /// Reads a table of the columns `age` (the first year of a group) and `share`.
  public init(path: String) throws(SampleError) {
    let table = try SampleTable(
      .file(path), columns: ["age": .notNegative, "share": .notNegative])
    guard table.refused.total == 0 else {
      throw SampleError(
        "\(path) has a row that cannot be used: \(table.refused.examples[0].reason)")
    }
    try self.init(
      ages: table.number("age").map { Int($0 ?? 0) }, shares: table.number("share").map { $0 ?? 0 })
  }

  /// The group of an age; nil below the first.
  public func group(of age: Double) -> Int? { ages.lastIndex { Double($0) <= age } }

  /// The same with neighbouring groups put together until each holds somebody of the sample.
  ///
  /// A group without people has no rate; its share goes with the next older one, or the last.
  public func merged(for people: [Double?]) -> StandardPopulation {
    var held = [Bool](repeating: false, count: ages.count)
    for case let age? in people { if let group = group(of: age) { held[group] = true } }
    var (ages, shares): ([Int], [Double]) = ([], [])
    var (waiting, first): (Double, Int?) = (0, nil)
    for group in self.ages.indices {
      waiting += self.shares[group]
      first = first ?? self.ages[group]
      guard held[group], let start = first else { continue }
      ages.append(start)
      shares.append(waiting)
      (waiting, first) = (0, nil)
    }
    guard !ages.isEmpty else { return self }
    shares[shares.count - 1] += waiting
    return StandardPopulation(known: ages, shares)
  }
}
