public import Foundation

extension BoostedTrees {
  /// The largest file that is read: some 3 million nodes.
  public static let byteLimit = 1 << 30

  /// Reads a model that XGBoost wrote as JSON, checking everything a prediction relies on.
  public init(decoding json: Data) throws(BoostingError) {
    guard json.count <= Self.byteLimit else { throw .model("\(json.count) bytes") }
    let file: File
    do { file = try JSONDecoder().decode(File.self, from: json) } catch {
      throw .model("its JSON has not XGBoost's form")
    }
    let learner = file.learner
    guard learner.gradient_booster.name == "gbtree" else {
      throw .model("a booster called \(learner.gradient_booster.name)")
    }
    guard let columns = Int(learner.learner_model_param.num_feature),
      (1...Int(Int32.max)).contains(columns),
      let base = Float(learner.learner_model_param.base_score), base.isFinite
    else { throw .model("its number of features or its start is none") }
    // 0 for one output; 1 in models of other versions.
    guard ["0", "1"].contains(learner.learner_model_param.num_class) else {
      throw .model("\(learner.learner_model_param.num_class) classes")
    }
    objective = learner.objective.name
    switch objective {
    case "reg:squarederror": start = base
    case "binary:logistic":
      guard base > 0, base < 1 else { throw .model("a start of \(base)") }
      start = -log(1 / base - 1)
    case "survival:aft":
      guard base > 0 else { throw .model("a start of \(base)") }
      start = log(base)
    default: throw .model("an objective called \(objective)")
    }
    let trees = learner.gradient_booster.model.trees
    guard !trees.isEmpty else { throw .model("no trees") }
    var nodes: [Node] = []
    var roots: [Int] = []
    for (number, tree) in trees.enumerated() {
      roots.append(nodes.count)
      nodes += try tree.nodes(columns: columns, number: number + 1)
    }
    self.json = json
    self.columns = columns
    self.nodes = nodes
    self.roots = roots
  }
}

/// The parts of XGBoost's JSON that decide a prediction, under XGBoost's names.
private struct File: Decodable {
  struct Learner: Decodable {
    var gradient_booster: Booster
    var learner_model_param: Parameters
    var objective: Objective
  }
  struct Booster: Decodable {
    var name: String
    var model: Model
  }
  struct Model: Decodable { var trees: [Tree] }
  struct Parameters: Decodable {
    var base_score: String
    var num_class: String
    var num_feature: String
  }
  struct Objective: Decodable { var name: String }
  var learner: Learner
}

private struct Tree: Decodable {
  var left_children: [Int32]
  var right_children: [Int32]
  var split_indices: [Int32]
  var split_conditions: [Float]
  var default_left: [Flag]
  /// 1 for a split by categories, which we never grow.
  var split_type: [Int]?

  /// Flags are numbers or words, depending on the version.
  struct Flag: Decodable {
    let isSet: Bool
    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let word = try? container.decode(Bool.self) {
        isSet = word
      } else {
        isSet = try container.decode(Int.self) != 0
      }
    }
  }

  func nodes(columns: Int, number: Int) throws(BoostingError) -> [BoostedTrees.Node] {
    let count = left_children.count
    guard count > 0, count < 1 << 24, right_children.count == count, split_indices.count == count,
      split_conditions.count == count, default_left.count == count,
      split_type?.allSatisfy({ $0 == 0 }) ?? true
    else { throw .model("tree \(number) has lists of different lengths") }
    return try (0..<count).map { (place) throws(BoostingError) in
      let (left, right) = (left_children[place], right_children[place])
      guard split_conditions[place].isFinite else {
        throw .model("tree \(number) holds a number that is not finite")
      }
      if left != -1 || right != -1 {
        // Children stand after their parents, so that no way down can go round in a circle.
        guard left > place, right > place, left < count, right < count,
          (0..<columns).contains(Int(split_indices[place]))
        else { throw .model("tree \(number) points out of itself") }
      }
      return BoostedTrees.Node(
        left: left, right: right, column: split_indices[place],
        number: split_conditions[place], missingGoesLeft: default_left[place].isSet)
    }
  }
}
