import Evaluation
public import Foundation
import PropertyModels
import Provenance
import Yams

/// A suite that cannot be used: everything that is wrong with it, at once.
public struct SuiteError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The suite's file or name.
  public let suite: String
  /// What is wrong, a line each.
  public let problems: [String]

  /// All problems, a line each.
  public var description: String {
    let head =
      problems.count == 1
      ? "\(suite) cannot be used:" : "\(suite) cannot be used, for \(problems.count) reasons:"
    return ([head] + problems.map { "  \($0)" }).joined(separator: "\n")
  }
}

/// Reads a suite from YAML and finds everything that is wrong with it before anything is trained.
public struct SuiteReader {
  private var problems: [String] = []
  private var defaults = Node.Mapping([])

  /// The model that only remembers, by its name in suites.
  static let memoriser = "memoriser"

  private init() {}

  /// Reads a suite's file.
  public static func read(_ url: URL) throws -> BenchmarkSuite {
    let name = url.lastPathComponent
    guard let text = try? String(contentsOf: url, encoding: .utf8) else {
      throw SuiteError(suite: name, problems: ["there is no such file, or it is not UTF-8 text"])
    }
    return try read(text, named: name)
  }

  /// Reads a suite's text.
  public static func read(_ text: String, named name: String) throws(SuiteError) -> BenchmarkSuite {
    let node: Node?
    do { node = try Yams.compose(yaml: text) } catch {
      throw SuiteError(suite: name, problems: ["it is not YAML: \(error)"])
    }
    guard case .mapping(let root)? = node else {
      throw SuiteError(suite: name, problems: ["it is no table of names and values"])
    }
    var reader = SuiteReader()
    let suite = reader.suite(root)
    guard reader.problems.isEmpty else {
      throw SuiteError(suite: name, problems: reader.problems)
    }
    return suite
  }

  mutating func complain(_ node: Node?, _ text: String) {
    problems.append((node?.mark.map { "line \($0.line): " } ?? "") + text)
  }

  private mutating func suite(_ root: Node.Mapping) -> BenchmarkSuite {
    checkKeys(root, ["name", "about", "models", "defaults", "datasets"], of: "a suite")
    if case .mapping(let given)? = root["defaults"] { defaults = given }
    checkKeys(defaults, Self.datasetKeys, of: "defaults")
    let models = list(root, "models").compactMap { model($0) }
    let datasets = list(root, "datasets").compactMap { dataset($0) }
    for (what, names) in [
      ("model", models.map(\.fileName)),
      ("data set", datasets.map { BenchmarkModel.fileName($0.name) }),
    ] {
      for (name, same) in Dictionary(grouping: names, by: { $0 }).sorted(by: { $0.key < $1.key })
      where same.count > 1 { complain(nil, "\(same.count) \(what)s are called \(name)") }
    }
    // Commas part names on the command line.
    for name in models.map(\.name) + datasets.map(\.name) where name.contains(",") {
      complain(nil, "\(name): a name has no comma")
    }
    return BenchmarkSuite(
      name: string(root, "name") ?? "", about: root["about"]?.string ?? "", models: models,
      datasets: datasets)
  }

  private mutating func list(_ mapping: Node.Mapping, _ key: String) -> [Node] {
    guard let sequence = mapping[key]?.sequence, !sequence.isEmpty else {
      complain(mapping[key], "\(key): there must be one at least")
      return []
    }
    return Array(sequence)
  }

  mutating func checkKeys(_ mapping: Node.Mapping, _ known: [String], of what: String) {
    for (key, _) in mapping {
      guard let name = key.string, !known.contains(name) else { continue }
      complain(key, "\(what) has no \(name)\(Suggestion.among(known, for: name))")
    }
  }

  mutating func string(_ mapping: Node.Mapping, _ key: String) -> String? {
    if let text = (mapping[key] ?? defaults[key])?.string, !text.isEmpty { return text }
    complain(mapping.first?.key, "\(key) is missing")
    return nil
  }

  func optional(_ mapping: Node.Mapping, _ key: String) -> Node? { mapping[key] ?? defaults[key] }

  // MARK: Models

  private mutating func model(_ node: Node) -> BenchmarkModel? {
    if let name = node.string { return family(name, named: name, node, [:]) }
    guard case .mapping(let mapping) = node else {
      complain(node, "a model is a family's name, or has a name and a family or a command")
      return nil
    }
    checkKeys(mapping, ["name", "family", "settings", "command"], of: "a model")
    if let command = mapping["command"]?.sequence {
      guard let name = string(mapping, "name") else { return nil }
      let words = command.compactMap(\.string)
      guard words.count == command.count, !words.isEmpty else {
        complain(node, "\(name): its command is no list of words")
        return nil
      }
      return BenchmarkModel(name: name, kind: .command(words))
    }
    guard let family = mapping["family"]?.string else {
      complain(node, "a model needs a family or a command")
      return nil
    }
    let settings = mapping["settings"]?.any as? [String: Any] ?? [:]
    return self.family(family, named: mapping["name"]?.string ?? family, node, settings)
  }

  private mutating func family(
    _ family: String, named name: String, _ node: Node, _ settings: [String: Any]
  ) -> BenchmarkModel? {
    if family == Self.memoriser { return BenchmarkModel(name: name, kind: .memoriser) }
    do throws(SuiteProblem) {
      if let recipe = try FamilyPresets.recipe(family, changing: settings) {
        return BenchmarkModel(name: name, kind: .family(recipe))
      }
      complain(
        node,
        "no family is called \(family)"
          + Suggestion.among(FamilyPresets.names + [Self.memoriser], for: family))
    } catch { complain(node, "\(name): \(error.text)") }
    return nil
  }
}
