import Foundation
import Statistics

/// Finds the best of many recipes: all are tried on a few compounds, the better ones on ever more.
///
/// Successive halving (Jamieson & Talwalkar, AISTATS 2016). Every trial is scored on compounds the
/// trained models had not seen, within the examples that are handed in: a test set that is kept
/// apart can play no part. The same candidates, examples and seed find the same recipe, also when
/// the search was interrupted and resumed from its trials.
public struct RecipeSearch: Codable, Hashable, Sendable {
  /// What is tried.
  public var candidates: [ModelRecipe]
  /// The share of candidates that goes on after each round, as one in so many.
  public var cut: Int
  /// How many folds a trial has.
  public var folds: Int
  /// The fewest compounds of a trial, where there are as many.
  public var fewestRows: Int

  /// Creates a search.
  public init(_ candidates: [ModelRecipe], cut: Int = 3, folds: Int = 3, fewestRows: Int = 200) {
    precondition(!candidates.isEmpty && cut >= 2 && folds >= 2 && fewestRows >= 2, "no search")
    self.candidates = candidates
    self.cut = cut
    self.folds = folds
    self.fewestRows = fewestRows
  }

  /// The rounds: how many candidates are tried on how many compounds; the last on all.
  public func rounds(rows: Int) -> [(candidates: Int, rows: Int)] {
    var counts = [candidates.count]
    while let last = counts.last, last > 1 { counts.append((last + cut - 1) / cut) }
    // The only one left needs no trial, unless it is the only one there ever was.
    if counts.count > 1 { counts.removeLast() }
    return counts.enumerated().map { round, count in
      let halvings = counts.count - 1 - round
      let share = pow(Double(cut), Double(-halvings))
      return (count, min(rows, max(fewestRows, Int((Double(rows) * share).rounded(.up)))))
    }
  }

  /// Tries the candidates.
  ///
  /// - Parameters:
  ///   - known: trials of an interrupted search; they are not made again.
  ///   - record: told each new trial, to be kept.
  /// - Returns: the best candidate of the last round, and all trials in order.
  public func run(
    on examples: Examples, known: [SearchTrial] = [], in context: TrainingContext,
    record: (SearchTrial) throws -> Void = { _ in }
  ) throws -> (best: ModelRecipe, trials: [SearchTrial]) {
    let rounds = rounds(rows: examples.compounds.count)
    var generator = Xoshiro256(seed: context.seed)
    let order = generator.drawOrder(of: examples.compounds.count)
    var left = Array(candidates.indices)
    var trials: [SearchTrial] = []
    let total = Double(rounds.reduce(0) { $0 + $1.candidates })
    for (round, size) in rounds.enumerated() {
      let part = try examples.selecting(order.prefix(size.rows).sorted())
      var scored: [SearchTrial] = []
      for candidate in left {
        try context.check()
        let done = Double(trials.count) / total
        let own = context.piece(round, share: done...done + 1 / total)
        let trial =
          known.first { $0.candidate == candidate && $0.round == round }
          ?? self.trial(candidate, round, part, own)
        // A stopped trial has no score for a reason that is not the recipe's.
        try context.check()
        if !known.contains(trial) { try record(trial) }
        trials.append(trial)
        scored.append(trial)
        context.progress(Double(trials.count) / total)
      }
      let survivors = scored.filter { $0.score != nil }
        .sorted { ($0.score ?? 0, $0.candidate) < ($1.score ?? 0, $1.candidate) }
      guard let first = survivors.first else {
        throw FittingError.settings(
          family: "search",
          reason: "no recipe could be trained: \(scored.first?.failure ?? "no reason given")")
      }
      let next = round + 1 < rounds.count ? rounds[round + 1].candidates : 1
      left = survivors.prefix(next).map(\.candidate)
      if round + 1 == rounds.count { return (candidates[first.candidate], trials) }
    }
    return (candidates[left[0]], trials)
  }

  private func trial(
    _ candidate: Int, _ round: Int, _ examples: Examples, _ context: TrainingContext
  ) -> SearchTrial {
    var trial = SearchTrial(
      candidate: candidate, round: round, rows: examples.compounds.count, score: nil, failure: nil)
    do {
      let set = examples.trainingSet(examples.scalings)
      let outputs = try ModelRecipe.fit(
        candidates[candidate].family, set, set.folds(folds, seed: context.seed), context
      ).1
      let score = Self.loss(outputs, set)
      trial.score = score.isFinite ? score : nil
      if trial.score == nil { trial.failure = "its answers are no numbers" }
    } catch { trial.failure = "\(error)" }
    return trial
  }

  /// The mean over the tasks of the squared error, or of the log loss, per unit of what a constant
  /// would have: 1 for a model of no use.
  static func loss(_ outputs: [TaskOutput], _ set: TrainingSet) -> Double {
    let losses = set.tasks.indices.map { task -> Double in
      var (own, constant, count, sum) = (0.0, 0.0, 0.0, 0.0)
      let known = set.labels[task].indices.filter { set.labels[task][$0]?.relation == .equal }
      for row in known {
        sum += set.labels[task][row]?.value ?? 0
        count += 1
      }
      let mean = sum / count
      for row in known {
        let (y, x) = (set.labels[task][row]?.value ?? 0, outputs[task].values[row])
        if set.tasks[task].kind == .classification {
          func surprise(_ p: Double) -> Double {
            let inside = min(max(p, 1e-3), 1 - 1e-3)
            return -log(y == 1 ? inside : 1 - inside)
          }
          own += surprise(x)
          constant += surprise(mean)
        } else {
          own += (x - y) * (x - y)
          constant += (mean - y) * (mean - y)
        }
      }
      return own / constant
    }
    return losses.reduce(0, +) / Double(losses.count)
  }
}

/// What came of one recipe on some compounds.
public struct SearchTrial: Codable, Hashable, Sendable {
  /// The recipe's place among the candidates.
  public let candidate: Int
  /// The round.
  public let round: Int
  /// How many compounds were used.
  public let rows: Int
  /// The loss on unseen compounds, 1 for a constant's; nil where the training failed.
  public internal(set) var score: Double?
  /// Why the training failed.
  public internal(set) var failure: String?
}

extension Examples {
  /// The rows with these numbers; they must still be enough to learn from.
  public func selecting(_ rows: [Int]) throws(FittingError) -> Examples {
    try Examples(
      compounds: compounds.selecting(rows), tasks: tasks,
      labels: labels.map { column in rows.map { column[$0] } },
      weights: weights.map { weights in rows.map { weights[$0] } })
  }
}
