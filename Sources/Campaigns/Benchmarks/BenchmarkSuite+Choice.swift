extension BenchmarkSuite {
  /// Keeps some data sets and models; names that are not there are all told at once.
  public mutating func narrow(datasets: [String]?, models: [String]?) throws {
    var problems: [String] = []
    if let datasets {
      let known = self.datasets.map(\.name)
      for name in datasets where !known.contains(name) {
        problems.append("it has no data set \(name)\(Suggestion.among(known, for: name))")
      }
      self.datasets.removeAll { !datasets.contains($0.name) }
    }
    if let models {
      let known = self.models.map(\.name)
      for name in models where !known.contains(name) {
        problems.append("it has no model \(name)\(Suggestion.among(known, for: name))")
      }
      self.models.removeAll { !models.contains($0.name) }
    }
    guard problems.isEmpty else { throw SuiteError(suite: name, problems: problems) }
  }
}
