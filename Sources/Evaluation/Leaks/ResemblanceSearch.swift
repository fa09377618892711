import Fingerprints
import Parallelism
import Statistics

/// How well remembering does: nearest neighbours, the most similar active, a constant; and how far
/// the test is from what is learnt.
struct ResemblanceSearch {
  private(set) var findings: [DataAudit.Finding] = []
  private(set) var numbers: [String: Double] = [:]
  private let rows: [AuditedRow]
  private let fingerprints: [Fingerprint]
  private let pool: WorkerPool

  init(
    _ rows: [AuditedRow], _ fingerprints: [Fingerprint], seed: UInt64, _ pool: WorkerPool
  ) {
    self.rows = rows
    self.fingerprints = fingerprints
    self.pool = pool
    let train = rows.indices.filter { !rows[$0].isTest }
    let test = rows.indices.filter { rows[$0].isTest }
    guard train.count >= 10, test.count >= 5 else { return }
    judgeScaffolds(train, test)
    judgeNeighbours(train, test, seed)
    judgeMemory(train, test)
  }

  private struct Near {
    /// The weighted mean of the five nearest.
    var estimate: Double
    /// The similarity to the nearest.
    var similarity: Double
  }

  private func near(_ asked: [Int], among known: [Int], count: Int = 5) -> [Near] {
    let arena = FingerprintArena(
      bitCount: fingerprints[known[0]].bitCount, known.map { fingerprints[$0] })
    let found = arena.nearest(
      toEach: asked.map { fingerprints[$0] }, count: count, using: pool)
    let mean = Moments.mean(known.map { rows[$0].value }) ?? 0
    return found.map { neighbours in
      var (sum, weights) = (1e-6 * mean, 1e-6)
      for neighbour in neighbours {
        let weight = neighbour.similarity * neighbour.similarity
        sum += weight * rows[known[neighbour.row]].value
        weights += weight
      }
      return Near(estimate: sum / weights, similarity: neighbours.first?.similarity ?? 0)
    }
  }

  private mutating func judgeScaffolds(_ train: [Int], _ test: [Int]) {
    let seen = Set(train.map { rows[$0].scaffold })
    let shared = test.count { !rows[$0].scaffold.isEmpty && seen.contains(rows[$0].scaffold) }
    let share = Double(shared) / Double(test.count)
    numbers["test rows with a scaffold that is learnt from"] = Double(shared)
    findings.append(
      .init(
        kind: .shift, severity: .note,
        sentence: shared == 0
          ? "no test row has a scaffold that is learnt from: it asks about new ring systems"
          : "\(Int((100 * share).rounded())) % of the test rows have a scaffold that is learnt from"
      ))
  }

  private mutating func judgeNeighbours(_ train: [Int], _ test: [Int], _ seed: UInt64) {
    let measured = test.map { rows[$0].value }
    let outside = near(test, among: train)
    let folds = KFold(count: 5, seed: seed).assignment(rows: train.count)
    var inside = [Near](repeating: Near(estimate: 0, similarity: 0), count: train.count)
    for fold in 0..<5 {
      let asked = train.indices.filter { folds[$0] == fold }
      let known = train.indices.filter { folds[$0] != fold }.map { train[$0] }
      for (place, answer) in zip(asked, near(asked.map { train[$0] }, among: known)) {
        inside[place] = answer
      }
    }
    let rho = Correlation.spearman.value(outside.map(\.estimate), measured) ?? 0
    let own =
      Correlation.spearman.value(inside.map(\.estimate), train.map { rows[$0].value }) ?? 0
    numbers["rank correlation of five nearest neighbours on the test"] = rho
    numbers["the same inside the rows learnt from"] = own
    judgeLabels(rho, own, test.count, train.count)
    let (far, close) = (
      Moments.mean(outside.map(\.similarity)) ?? 0, Moments.mean(inside.map(\.similarity)) ?? 0
    )
    numbers["mean similarity of a test row to the nearest that is learnt from"] = far
    numbers["the same between folds of the rows learnt from"] = close
    let gap = close - far
    findings.append(
      .init(
        kind: .shift, severity: .note,
        sentence: "the nearest molecule learnt from is \(Self.short(far)) similar, inside the rows "
          + "learnt from it is \(Self.short(close)): the test asks about "
          + (gap > 0.05 ? "newer chemistry than that" : "the same chemistry")))
  }

  private mutating func judgeLabels(_ rho: Double, _ own: Double, _ test: Int, _ train: Int) {
    let errors = own * Double(train - 1).squareRoot()
    if train >= 100, errors < 2.5 {
      findings.append(
        .init(
          kind: .randomLabels, severity: .fault,
          sentence: "the labels look random: inside the rows learnt from, neighbours say nothing "
            + "about each other (rank correlation \(Self.short(own)))"))
    } else if errors > 5, rho * Double(test - 1).squareRoot() < 2,
      (own - rho) * Double(test - 1).squareRoot() > 5
    {
      findings.append(
        .init(
          kind: .randomLabels, severity: .fault,
          sentence: "the test labels do not follow the rows learnt from: neighbours foretell those "
            + "(rank correlation \(Self.short(own))), but not the test (\(Self.short(rho)))"))
    }
  }

  private mutating func judgeMemory(_ train: [Int], _ test: [Int]) {
    let values = rows.map(\.value)
    let isClass = Set(values).isSubset(of: [0, 1])
    // Of numbers, the top quarter of what is learnt from counts as active.
    let limit = isClass ? 1 : QuantileRule.linear.quantile(0.75, of: train.map { values[$0] }) ?? 0
    let actives = train.filter { values[$0] >= limit }
    let labels = test.map { values[$0] >= limit }
    guard !actives.isEmpty else { return }
    let memory = near(test, among: actives, count: 1).map(\.similarity)
    let neighbours = near(test, among: train).map(\.estimate)
    let dummy = test.map { _ in 0.0 }
    guard let own = ClassificationMetric.rocAUC.value(scores: memory, labels: labels),
      let five = ClassificationMetric.rocAUC.value(scores: neighbours, labels: labels),
      let none = ClassificationMetric.rocAUC.value(scores: dummy, labels: labels)
    else { return }
    numbers["ROC-AUC of the most similar active (memoriser)"] = own
    numbers["ROC-AUC of five nearest neighbours"] = five
    numbers["ROC-AUC of a constant"] = none
    findings.append(
      .init(
        kind: .resemblance, severity: .note,
        sentence:
          "similarity to the nearest \(isClass ? "active" : "of the top quarter") alone has "
          + "a ROC-AUC of \(Self.short(own)), five nearest neighbours \(Self.short(five)), a "
          + "constant \(Self.short(none)): a model must beat \(Self.short(max(own, five)))"))
  }

  private static func short(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}
