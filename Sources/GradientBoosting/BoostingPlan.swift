/// How trees are grown: XGBoost's settings under their meaning.
public struct BoostingPlan: Codable, Hashable, Sendable {
  /// How a tree's splits are searched.
  public enum Method: String, Codable, Hashable, Sendable {
    /// Between at most `bins` quantiles of each column.
    case histogram = "hist"
    /// Between all values.
    case exact
  }

  /// How many times the trees are added to.
  public var rounds: Int
  /// How many trees each time; a random forest is one round of many trees.
  public var treesPerRound: Int
  /// How much of each tree is added, above 0 and at most 1.
  public var learningRate: Double
  /// The deepest leaf; 0 for no limit, which the exact method does not know.
  public var depth: Int
  /// The least sum of second derivatives in a leaf.
  public var leafWeight: Double
  /// The share of rows that a tree sees.
  public var rowShare: Double
  /// The share of columns that a tree sees.
  public var columnsPerTree: Double
  /// The share of columns that a split sees.
  public var columnsPerSplit: Double
  /// The penalty on squared leaf values.
  public var ridge: Double
  /// The least gain of a split.
  public var leastGain: Double
  /// How splits are searched.
  public var method: Method
  /// The quantiles of a column, for histograms.
  public var bins: Int

  /// XGBoost's defaults, with histograms.
  public init(
    rounds: Int = 100, treesPerRound: Int = 1,
    learningRate: Double = 0.3, depth: Int = 6, leafWeight: Double = 1, rowShare: Double = 1,
    columnsPerTree: Double = 1, columnsPerSplit: Double = 1, ridge: Double = 1,
    leastGain: Double = 0, method: Method = .histogram, bins: Int = 256
  ) {
    self.rounds = rounds
    self.treesPerRound = treesPerRound
    self.learningRate = learningRate
    self.depth = depth
    self.leafWeight = leafWeight
    self.rowShare = rowShare
    self.columnsPerTree = columnsPerTree
    self.columnsPerSplit = columnsPerSplit
    self.ridge = ridge
    self.leastGain = leastGain
    self.method = method
    self.bins = bins
  }

  /// What is wrong with the settings; nil for nothing.
  public var flaw: String? {
    func share(_ value: Double) -> Bool { value > 0 && value <= 1 }
    if !(1...100_000).contains(rounds) { return "\(rounds) rounds" }
    if !(1...100_000).contains(treesPerRound) { return "\(treesPerRound) trees in a round" }
    if !share(learningRate) { return "a learning rate of \(learningRate)" }
    if !(0...64).contains(depth) { return "trees of depth \(depth)" }
    if depth == 0 && method == .exact { return "the exact method needs a limit of depth" }
    if !(leafWeight >= 0 && leafWeight.isFinite) { return "a leaf weight of \(leafWeight)" }
    if !share(rowShare) || !share(columnsPerTree) || !share(columnsPerSplit) {
      return "a share of rows or columns that is not above 0 and at most 1"
    }
    if !(ridge >= 0 && ridge.isFinite) { return "a ridge of \(ridge)" }
    if !(leastGain >= 0 && leastGain.isFinite) { return "a least gain of \(leastGain)" }
    if !(2...65_536).contains(bins) { return "\(bins) bins" }
    return nil
  }
}

extension BoostingPlan {
  /// XGBoost's names and values.
  ///
  /// One thread: sums of gradients would depend on their number.
  func parameters(seed: UInt64) -> [(name: String, value: String)] {
    let parameters = [
      ("verbosity", "0"), ("nthread", "1"), ("booster", "gbtree"),
      ("tree_method", method.rawValue), ("seed", "\(seed % 2_147_483_647)"),
      ("num_parallel_tree", "\(treesPerRound)"), ("learning_rate", "\(learningRate)"),
      ("max_depth", "\(depth)"), ("min_child_weight", "\(leafWeight)"),
      ("subsample", "\(rowShare)"), ("colsample_bytree", "\(columnsPerTree)"),
      ("colsample_bynode", "\(columnsPerSplit)"), ("reg_lambda", "\(ridge)"),
      ("gamma", "\(leastGain)"), ("disable_default_eval_metric", "1"),
    ]
    return method == .histogram ? parameters + [("max_bin", "\(bins)")] : parameters
  }
}
