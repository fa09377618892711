/// A scan of the genome, for a reader who asks whether to believe it.
public struct AssociationReport: Sendable {
  /// A chromosome: its name and the share of the genome before and up to its end, from 0 to 1.
  public struct Chromosome: Sendable {
    /// The name.
    public let name: String
    /// Where it begins and ends.
    public let start: Double, end: Double

    /// Describes a chromosome.
    public init(name: String, start: Double, end: Double) {
      self.name = name
      self.start = start
      self.end = end
    }
  }

  /// A point of the Manhattan plot.
  public struct Point: Sendable {
    /// The chromosome's number.
    public let chromosome: Int
    /// Along the genome, from 0 to 1, and −log₁₀ p.
    public let place: Double, minusLog10P: Double

    /// Describes a point.
    public init(chromosome: Int, place: Double, minusLog10P: Double) {
      self.chromosome = chromosome
      self.place = place
      self.minusLog10P = minusLog10P
    }
  }

  /// The trait, and who was asked, in a sentence.
  public var trait: String, people: String
  /// Which test, in a sentence.
  public var method: String
  /// Variants that were tested, and genomic control's λ of them.
  public var tested: Int, lambda: Double?
  /// The chromosomes and the points.
  public var chromosomes: [Chromosome], points: [Point]
  /// Expected and seen −log₁₀ p.
  public var quantiles: [(expected: Double, seen: Double)]
  /// How many leads there are; the table may hold the first of them alone.
  public var leadCount: Int
  /// The heading and rows of the table of leads.
  public var leadHeader: [String], leads: [[String]]
  /// Variants without a result, by reason.
  public var untested: [(reason: String, count: Int)]
  /// Names and digests of what was read, and how to repeat it.
  public var provenance: [(name: String, value: String)]

  /// Describes a report.
  public init(
    trait: String, people: String, method: String, tested: Int, lambda: Double?,
    chromosomes: [Chromosome], points: [Point], quantiles: [(expected: Double, seen: Double)],
    leadCount: Int, leadHeader: [String], leads: [[String]],
    untested: [(reason: String, count: Int)],
    provenance: [(name: String, value: String)]
  ) {
    self.trait = trait
    self.people = people
    self.method = method
    self.tested = tested
    self.lambda = lambda
    self.chromosomes = chromosomes
    self.points = points
    self.quantiles = quantiles
    self.leadCount = leadCount
    self.leadHeader = leadHeader
    self.leads = leads
    self.untested = untested
    self.provenance = provenance
  }

  /// The report as one self-contained HTML page; every text of it is escaped.
  public func html() -> String { AssociationPage(report: self).markup().html }
}
