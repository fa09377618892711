public import Statistics

/// Which columns of a table say how it was drawn.
public struct DesignColumns: Hashable, Sendable {
  /// The weight; nil where the populations of all stages say it, or where everybody counts alike.
  public var weight: String?
  /// The stratum of the first stage.
  public var strata: String?
  /// The unit drawn at each stage, the first stage first.
  public var clusters: [String]
  /// The size of the row's stratum in the population at each stage.
  public var populations: [String]
  /// Weights of replicates that came with the data.
  public var replicates: [String]
  /// How many people each row stands for where no column says it.
  public var everybody: Double?
  /// What is done with strata of one unit.
  public var singleUnits: SingleUnitRule

  /// Names columns.
  public init(
    weight: String? = nil, strata: String? = nil, clusters: [String] = [],
    populations: [String] = [], replicates: [String] = [], everybody: Double? = nil,
    singleUnits: SingleUnitRule = .fail
  ) {
    self.weight = weight
    self.strata = strata
    self.clusters = clusters
    self.populations = populations
    self.replicates = replicates
    self.everybody = everybody
    self.singleUnits = singleUnits
  }

  /// The columns to read, with what they hold.
  public var kinds: [String: SampleTable.Kind] {
    var kinds: [String: SampleTable.Kind] = [:]
    for column in [strata].compactMap({ $0 }) + clusters { kinds[column] = .text }
    for column in [weight].compactMap({ $0 }) + populations { kinds[column] = .positive }
    for column in replicates { kinds[column] = .notNegative }
    return kinds
  }

  /// The design of a table that was read with these columns.
  public func design(of table: SampleTable) throws(SampleError) -> SurveyDesign {
    guard weight != nil || everybody != nil || !populations.isEmpty else {
      throw SampleError(
        "nothing says how many people a row stands for: name the column of weights, the sizes of "
          + "the population, or one number for everybody")
    }
    var stages: [SurveyStage] = []
    for stage in 0..<max(1, clusters.count, populations.count) {
      stages.append(
        SurveyStage(
          strata: stage == 0 ? strata.map { table.text($0) } : nil,
          clusters: stage < clusters.count ? table.text(clusters[stage]) : nil,
          populations: stage < populations.count
            ? table.number(populations[stage]).map { $0 ?? .nan } : nil))
    }
    let weights =
      weight.map { table.number($0).map { $0 ?? .nan } }
      ?? everybody.map { [Double](repeating: $0, count: table.rows) }
    do throws(SurveyError) {
      return try SurveyDesign(
        weights: weights, stages: stages, rows: table.rows, singleUnits: singleUnits)
    } catch { throw SampleError("\(error)") }
  }

  /// Replicates by the weights that came with the table; nil where it has none.
  ///
  /// - Parameter scale: what the squared deviations are multiplied by: 1/R for a bootstrap and for
  ///   balanced halves, (R − 1)/R for a jackknife.
  public func replicates(
    of table: SampleTable, design: SurveyDesign, scale: Double?
  ) throws(SampleError) -> SurveyReplicates? {
    guard !replicates.isEmpty else { return nil }
    let columns = replicates.map { table.number($0).map { $0 ?? .nan } }
    do throws(SurveyError) {
      return try SurveyReplicates(
        of: design, by: .given(columns, scale: scale ?? 1 / Double(columns.count)))
    } catch { throw SampleError("\(error)") }
  }
}
