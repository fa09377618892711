/// How well a table's people could be told apart, or something be learnt of them.
///
/// Quasi-identifiers are what a stranger may know of somebody (age, sex, region); people with equal
/// ones make a class. Sensitive is what the stranger wants to know.
public struct DisclosureRisk: Hashable, Sendable {
  /// What is known of one sensitive column.
  public struct Sensitive: Hashable, Sendable {
    /// The fewest different values in a class: distinct l-diversity.
    ///
    /// Machanavajjhala et al., ACM Trans. Knowl. Discov. Data 2007.
    public let distinctDiversity: Int
    /// The least exponential of a class's entropy: entropy l-diversity of the same paper.
    public let entropyDiversity: Double
    /// The farthest a class's distribution lies from everybody's: t-closeness with equal distances
    /// between values (Li, Li & Venkatasubramanian, ICDE 2007), half the sum of differences.
    public let closeness: Double
    /// People in classes where all have one value: who finds the class knows it.
    public let peopleInUniformClasses: Int
  }

  /// People in the table.
  public let people: Int
  /// Classes of equal quasi-identifiers.
  public let classes: Int
  /// The smallest class: the table is k-anonymous with this k.
  ///
  /// Sweeney, Int. J. Uncertain. Fuzziness Knowl.-Based Syst. 2002.
  public let anonymity: Int
  /// People in classes smaller than the minimum.
  public let peopleInSmallClasses: Int
  /// People who are alone in their class.
  public let sampleUniques: Int
  /// Classes of two.
  public let samplePairs: Int
  /// The share of the population in the sample, by the weights.
  public let samplingFraction: Double
  /// How likely somebody who fits a sample unique is that person; nil without uniques and pairs.
  ///
  /// The data intrusion simulation: π·U / (π·U + 2(1 − π)·P) with U uniques, P pairs and sampling
  /// fraction π (Skinner & Elliot, J. R. Stat. Soc. B 2002, equation 5): Pr(correct match | unique
  /// match), right whatever the population, for samples drawn with equal chances.
  public let matchProbability: Double?
  /// By column.
  public let sensitive: [String: Sensitive]

  /// Looks at a table.
  ///
  /// - Parameters:
  ///   - quasi: columns of quasi-identifiers, all of one length.
  ///   - sensitive: sensitive columns by name.
  ///   - weights: how many people each row stands for; nil where the table is everybody.
  ///   - minimum: from how many people a class is not small.
  /// - Complexity: O(rows × columns)
  public init(
    quasi: [[String]], sensitive: [String: [String]], weights: [Double]?, minimum: Int = 5
  ) throws(SampleError) {
    let rows = quasi.first?.count ?? 0
    guard rows > 0, quasi.allSatisfy({ $0.count == rows }),
      sensitive.values.allSatisfy({ $0.count == rows }), weights.map({ $0.count == rows }) ?? true
    else { throw SampleError("a risk needs quasi-identifiers, with a value for every row") }
    var members: [[String]: [Int]] = [:]
    for row in 0..<rows { members[quasi.map { $0[row] }, default: []].append(row) }
    let sizes = members.values.map(\.count)
    people = rows
    classes = members.count
    anonymity = sizes.min() ?? 0
    peopleInSmallClasses = sizes.filter { $0 < minimum }.reduce(0, +)
    sampleUniques = sizes.count { $0 == 1 }
    samplePairs = sizes.count { $0 == 2 }
    let population = weights?.reduce(0, +) ?? Double(rows)
    guard population >= Double(rows) else {
      throw SampleError(
        "the weights add up to \(population), fewer than the \(rows) people of the sample: they do "
          + "not say how many people a row stands for")
    }
    samplingFraction = Double(rows) / population
    let right = samplingFraction * Double(sampleUniques)
    let wrong = 2 * (1 - samplingFraction) * Double(samplePairs)
    matchProbability = right + wrong > 0 ? right / (right + wrong) : nil
    let ordered = members.values.sorted { $0[0] < $1[0] }
    self.sensitive = sensitive.mapValues { Self.sensitive($0, ordered) }
  }
}
