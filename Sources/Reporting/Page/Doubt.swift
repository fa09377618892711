import Entities
import Screening

/// A reason not to take the list at its word, counted from what the report holds.
struct Doubt: Hashable {
  /// How much it weighs; the heaviest stand first.
  enum Weight: Int, Comparable {
    /// The ranking may be worth nothing.
    case serious
    /// Some hits need care.
    case caution
    /// True of every screen, and easily forgotten.
    case note

    static func < (left: Weight, right: Weight) -> Bool { left.rawValue < right.rawValue }
  }

  let weight: Weight
  let text: String
}

extension ScreenReport {
  /// What is doubtful, the heaviest first: what we can count, then what the caller says.
  var doubts: [Doubt] {
    let found =
      baselineDoubts + coverageDoubts + hitDoubts
      + warnings.map { Doubt(weight: .caution, text: $0) } + selectionDoubts
    // A stable order: by weight, then as found.
    return found.enumerated().sorted {
      ($0.element.weight, $0.offset) < ($1.element.weight, $1.offset)
    }
    .map(\.element)
  }

  /// A model that does not beat something trivial has not earned its ranking.
  private var baselineDoubts: [Doubt] {
    guard let model = model.contenders.first(where: { $0.role == .model }),
      let own = model.metrics.first(where: { $0.value.isFinite })
    else {
      return [
        Doubt(weight: .serious, text: "The model was not tested on compounds it had not seen.")
      ]
    }
    let rivals = self.model.contenders.filter { $0.role == .baseline }.compactMap { rival in
      rival.metrics.first { $0.name == own.name && $0.value.isFinite }.map { (rival.name, $0) }
    }
    guard
      let best = rivals.min(by: {
        own.better == .lower ? $0.1.value < $1.1.value : $0.1.value > $1.1.value
      })
    else { return [Doubt(weight: .serious, text: "No baseline stands beside the model.")] }
    let wins = own.better == .lower ? own.value < best.1.value : own.value > best.1.value
    let pair = "\(own.name) \(MetricText.value(own)) against \(MetricText.value(best.1))"
    if !wins {
      return [
        Doubt(weight: .serious, text: "The model is no better than “\(best.0)”: \(pair).")
      ]
    }
    if let mine = own.interval, let theirs = best.1.interval, mine.overlaps(theirs) {
      return [
        Doubt(
          weight: .caution,
          text: "The model's lead over “\(best.0)” is within their intervals: \(pair).")
      ]
    }
    return []
  }

  private var coverageDoubts: [Doubt] {
    guard let coverage = model.coverage90, coverage.value.isFinite else {
      return [Doubt(weight: .caution, text: "The coverage of the 90 % intervals was not measured.")]
    }
    // Three points are more than chance on several hundred test compounds.
    guard (coverage.value - 0.9).magnitude > 0.03 else { return [] }
    let held = NumberText.percent(coverage.value)
    return [
      Doubt(
        weight: .caution,
        text: coverage.value < 0.9
          ? "The intervals are too narrow: 90 % intervals held \(held) of the test values."
          : "The intervals are too wide: 90 % intervals held \(held) of the test values.")
    ]
  }

  private var hitDoubts: [Doubt] {
    guard !hits.isEmpty else { return [Doubt(weight: .serious, text: "No compound passed.")] }
    var doubts: [Doubt] = []
    func note(_ count: Int, _ text: String) {
      guard count > 0 else { return }
      let share = NumberText.percent(Double(count) / Double(hits.count))
      doubts.append(
        Doubt(weight: .caution, text: "\(NumberText.count(count, "hit")) (\(share)) \(text)"))
    }
    note(hits.count { !$0.inDomain }, "outside the model's domain: their values are guesses.")
    note(hits.count { !$0.alerts.isEmpty }, "with structural alerts: check for assay interference.")
    let distant = hits.count { $0.nearest.similarity < Self.distant }
    note(
      distant,
      "less than \(NumberText.shown(Self.distant, decimals: 2)) similar to anything measured.")
    note(
      hits.count { $0.nearest.similarity >= 0.999 }, "with the fingerprint of a measured compound.")
    if let crowd = commonestScaffold, crowd.count >= 3, crowd.count * 10 >= hits.count {
      note(crowd.count, "of one scaffold, \(crowd.scaffold).")
    }
    return doubts
  }

  // The best of many noisy numbers are best partly by luck: regression towards the mean.
  private var selectionDoubts: [Doubt] {
    guard tally.scored > hits.count, !hits.isEmpty else { return [] }
    let direction = endpoint.higherIsBetter ? "lower" : "higher"
    return [
      Doubt(
        weight: .note,
        text: """
          Hits are the extreme of \(NumberText.grouped(tally.scored)) predictions; expect measured \
          values to be \(direction) on average.
          """)
    ]
  }

  // Below about 0.35 to 0.4 of Tanimoto on ECFP4, two drug-like compounds are related no more
  // than by chance.
  private static let distant = 0.35

  private var commonestScaffold: (scaffold: String, count: Int)? {
    var counts: [String: Int] = [:]
    for hit in hits where !hit.scaffold.isEmpty { counts[hit.scaffold, default: 0] += 1 }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
      .map { (scaffold: $0.key, count: $0.value) }
  }
}
