import Foundation
import PropertyModels
import Provenance

/// The families as they are where a suite says nothing of their settings.
enum FamilyPresets {
  static let all: [any ModelFamily] = [
    Dummy(), NearestNeighbours(), KernelRidge(), GaussianProcess(), RandomForest(),
    GradientBoostedTrees(), FingerprintNetwork(), MessagePassing(),
    StackedEnsemble([
      ModelRecipe(NearestNeighbours()), ModelRecipe(GradientBoostedTrees()),
      ModelRecipe(GaussianProcess()),
    ]),
  ]

  static var names: [String] { all.map { type(of: $0).name } }

  /// A family with some of its settings changed, given as JSON objects.
  static func recipe(
    _ name: String, changing settings: [String: Any]
  ) throws(SuiteProblem) -> ModelRecipe? {
    guard let family = all.first(where: { type(of: $0).name == name }) else { return nil }
    let recipe = ModelRecipe(family)
    if settings.isEmpty { return recipe }
    do {
      let data = try StableJSON.encode(recipe)
      guard var whole = try JSONSerialization.jsonObject(with: data) as? [String: Any],
        let own = whole["settings"] as? [String: Any]
      else { return recipe }
      whole["settings"] = try merged(own, settings)
      return try StableJSON.decode(
        ModelRecipe.self, from: JSONSerialization.data(withJSONObject: whole))
    } catch let problem as SuiteProblem {
      throw problem
    } catch { throw SuiteProblem("its settings cannot be used: \(error)") }
  }

  private static func merged(
    _ own: [String: Any], _ changes: [String: Any]
  ) throws(SuiteProblem) -> [String: Any] {
    var result = own
    for (key, value) in changes {
      guard let old = own[key] else {
        throw SuiteProblem("no setting is called \(key)\(Suggestion.among(own.keys, for: key))")
      }
      if let old = old as? [String: Any], let value = value as? [String: Any] {
        result[key] = try merged(old, value)
      } else {
        result[key] = value
      }
    }
    return result
  }
}

/// One thing that is wrong with a suite.
struct SuiteProblem: Error {
  let text: String
  init(_ text: String) { self.text = text }
}

/// "did you mean …", for a word that is nearly right.
enum Suggestion {
  static func among(_ known: some Sequence<String>, for word: String) -> String {
    let near = known.map { (distance($0, word), $0) }.min { $0 < $1 }
    if let near, near.0 <= max(2, word.count / 3) { return "; did you mean \(near.1)?" }
    return "; there are \(known.sorted().joined(separator: ", "))"
  }

  /// Levenshtein's distance, upper and lower case alike.
  private static func distance(_ one: String, _ other: String) -> Int {
    let (a, b) = (Array(one.lowercased().utf8), Array(other.lowercased().utf8))
    var row = Array(0...b.count)
    for i in a.indices {
      var last = row[0]
      row[0] = i + 1
      for j in b.indices {
        let change = last + (a[i] == b[j] ? 0 : 1)
        last = row[j + 1]
        row[j + 1] = min(change, row[j] + 1, last + 1)
      }
    }
    return row[b.count]
  }
}
