import Evaluation
import PropertyModels
import Provenance
import Yams

extension SuiteReader {
  static let datasetKeys = [
    "name", "file", "sha256", "test", "test-sha256", "smiles", "value", "id", "task", "unit",
    "scale", "metric", "hit", "margin", "split", "seeds", "repeats", "folds", "seed",
    "split-column", "split-file", "train-shares",
  ]

  mutating func dataset(_ node: Node) -> BenchmarkDataset? {
    guard case .mapping(let mapping) = node else {
      complain(node, "a data set has a name, a file and a value")
      return nil
    }
    checkKeys(mapping, Self.datasetKeys, of: "a data set")
    let name = string(mapping, "name")
    let path = string(mapping, "file")
    let value = string(mapping, "value")
    let kind = choice(mapping, "task", ["regression", "classification"])
      .flatMap(LearningTask.Kind.init)
    let scale =
      optional(mapping, "scale") == nil
      ? .linear
      : choice(mapping, "scale", ["linear", "logarithmic"]).flatMap(LearningTask.Scale.init)
    let metric = choice(mapping, "metric", ComparisonMetric.allCases.map(\.rawValue))
      .flatMap(ComparisonMetric.init)
    if let metric, let kind, metric.isOfClasses != (kind == .classification) {
      complain(node, "\(name ?? "?"): \(metric.rawValue) does not judge a \(kind.rawValue)")
    }
    let split = split(mapping, node)
    guard let name, let path, let value, let kind, let scale, let metric, let split else {
      return nil
    }
    if optional(mapping, "test") != nil, !split.isByFiles {
      complain(node, "\(name): a test file asks for split: files")
    }
    return BenchmarkDataset(
      name: name, file: .init(path: path, digest: digest(mapping, "sha256")),
      testFile: optional(mapping, "test")?.string.map {
        .init(path: $0, digest: digest(mapping, "test-sha256"))
      },
      smiles: optional(mapping, "smiles")?.string, value: value,
      id: optional(mapping, "id")?.string,
      task: LearningTask(
        name: name, unit: optional(mapping, "unit")?.string ?? "1", kind: kind, scale: scale),
      metric: metric, hit: hit(mapping, kind), margin: number(mapping, "margin"), split: split,
      shares: shares(mapping))
  }

  private mutating func split(_ mapping: Node.Mapping, _ node: Node) -> BenchmarkSplit? {
    let kinds = [
      "files", "column", "table", "draws", "random", "scaffold", "scaffold-deepchem",
      "cross-validation",
      "scaffold-cross-validation",
    ]
    guard let kind = choice(mapping, "split", kinds) else { return nil }
    let seeds = seeds(mapping)
    switch kind {
    case "files":
      if optional(mapping, "test") == nil {
        complain(node, "split: files asks for a test file")
        return nil
      }
      return .files(seeds: seeds)
    case "column":
      return .column(optional(mapping, "split-column")?.string ?? "split", seeds: seeds)
    case "draws": return string(mapping, "split-file").map { .draws($0) }
    case "table": return string(mapping, "split-file").map { .table($0, seeds: seeds) }
    case "random": return .random(seeds: seeds)
    case "scaffold": return .scaffold(.balanced, seeds: seeds)
    case "scaffold-deepchem": return .scaffold(.deepChem, seeds: seeds)
    default:
      return .crossValidation(
        repeats: whole(mapping, "repeats", 5, 1...100), folds: whole(mapping, "folds", 5, 2...100),
        byScaffold: kind == "scaffold-cross-validation",
        seed: UInt64(whole(mapping, "seed", 0, 0...Int.max)))
    }
  }

  private mutating func seeds(_ mapping: Node.Mapping) -> [UInt64] {
    guard let node = optional(mapping, "seeds") else { return [1, 2, 3, 4, 5] }
    let given = node.sequence?.compactMap { $0.int.flatMap(UInt64.init(exactly:)) } ?? []
    if given.isEmpty || given.count != node.sequence?.count || Set(given).count != given.count {
      complain(node, "seeds are whole numbers from 0 up, each once")
    }
    return given
  }

  private mutating func shares(_ mapping: Node.Mapping) -> [Double] {
    guard let node = optional(mapping, "train-shares") else { return [1] }
    let given = node.sequence?.compactMap(\.float) ?? []
    if given.isEmpty || !given.allSatisfy({ $0 > 0 && $0 <= 1 }) {
      complain(node, "train-shares are numbers above 0, at most 1")
    }
    return Set(given + [1]).sorted()
  }

  private mutating func hit(_ mapping: Node.Mapping, _ kind: LearningTask.Kind) -> HitRule? {
    guard let node = optional(mapping, "hit"), let text = node.string else {
      return kind == .classification ? HitRule(threshold: 1, above: true) : nil
    }
    for (sign, above) in [(">=", true), ("<=", false)] where text.hasPrefix(sign) {
      let rest = text.dropFirst(2).drop { $0 == " " }
      if let threshold = Double(rest) { return HitRule(threshold: threshold, above: above) }
    }
    complain(node, "hit is \(text), not like \">= 7\" or \"<= 100\"")
    return nil
  }

  private mutating func choice(
    _ mapping: Node.Mapping, _ key: String, _ known: [String]
  ) -> String? {
    guard let word = string(mapping, key) else { return nil }
    if known.contains(word) { return word }
    complain(
      optional(mapping, key), "\(key) \(word) is not known\(Suggestion.among(known, for: word))")
    return nil
  }

  private mutating func number(_ mapping: Node.Mapping, _ key: String) -> Double? {
    guard let node = optional(mapping, key) else { return nil }
    if let number = node.float, number.isFinite, number >= 0 { return number }
    complain(node, "\(key) is no number")
    return nil
  }

  private mutating func whole(
    _ mapping: Node.Mapping, _ key: String, _ usual: Int, _ range: ClosedRange<Int>
  ) -> Int {
    guard let node = optional(mapping, key) else { return usual }
    if let number = node.int, range.contains(number) { return number }
    complain(node, "\(key) is no whole number from \(range.lowerBound) up")
    return usual
  }

  private mutating func digest(_ mapping: Node.Mapping, _ key: String) -> Digest? {
    guard let node = mapping[key], let text = node.string else { return nil }
    if let digest = Digest(hex: text) { return digest }
    complain(node, "\(key) is no SHA-256 digest")
    return nil
  }
}

extension BenchmarkSplit {
  var isByFiles: Bool { if case .files = self { true } else { false } }
}
