import Campaigns
import Entities
import Foundation
import Parallelism
import Provenance
import Records
import Screening
import Statistics

/// Chooses plates from what models said of compounds, by the portfolio and by its rivals, and counts
/// the actives among the chosen.
struct PlateReplay {
  let priceMean: Double
  let priceDeviation: Double
  /// How often a part of the compounds and their prices are drawn.
  let draws: Int
  let pool: WorkerPool

  /// From which value a compound is active.
  enum Threshold: String, CaseIterable {
    /// The upper quarter of what was known before.
    case quarter
    /// 7, the default of `osong screen --disease`.
    case fixed

    func value(_ known: [Double]) -> Double {
      self == .fixed ? 7 : QuantileRule.linear.quantile(0.75, of: known.sorted()) ?? 7
    }
  }

  /// A target with its chances and the compounds that may be bought.
  struct Target {
    let name: String
    let curve: ChanceOfActivity
    let compounds: [TargetPredictions.Compound]
  }

  static let header = [
    "targets", "threshold", "active_from", "wells", "prices", "draw", "way", "pool", "pool_actives",
    "chosen", "cost", "actives", "series", "expected", "lo", "hi", "fitted",
  ]

  /// Alone, and three at a time from one plate.
  func run(folder: String, to path: String) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".csv") }.sorted()
    let predictions = try names.map { try TargetPredictions(reading: "\(folder)/\($0)") }
    let writer = try DelimitedWriter(to: .file(path), header: Self.header)
    for threshold in Threshold.allCases {
      let targets = zip(names, predictions).map { name, made in
        let curve = ChanceOfActivity(
          threshold: threshold.value(made.known), goal: .maximise,
          test: made.compounds.filter(\.teaches).map(\.tested))
        return Target(
          name: String(name.dropLast(4)), curve: curve,
          // As in a screen: outside the model's domain nothing is bought.
          compounds: made.compounds.filter { !$0.teaches && $0.tested.inDomain })
      }
      var order = Xoshiro256(seed: 0)
      let mixed = targets.shuffled(using: &order)
      let triples = stride(from: 0, to: mixed.count - 2, by: 3).map { Array(mixed[$0..<$0 + 3]) }
      let groups = targets.map { [$0] } + triples
      let tables = pool.map(groups.count) { group in
        (0..<draws).flatMap { rows(of: groups[group], threshold, draw: $0) }
      }
      for row in tables.joined() { try writer.write(row) }
    }
    try writer.finish()
  }

  /// The plates of one draw.
  private func rows(of group: [Target], _ threshold: Threshold, draw: Int) -> [[String]] {
    let offers = group.enumerated().flatMap { number, target in
      var random = Xoshiro256(seed: ContentKey(of: "\(draw) \(target.name)").high)
      let part = target.compounds.shuffled(using: &random).prefix(target.compounds.count * 2 / 3)
      return part.map { compound in
        Offer(
          target: number, compound: compound, curve: target.curve,
          id: "\(target.name) \(compound.tested.smiles)",
          price: price(of: compound.tested.smiles, draw: draw))
      }
    }.sorted { $0.id < $1.id }
    let start = [
      group.map(\.name).joined(separator: "+"), threshold.rawValue,
      group.map { "\($0.curve.threshold)" }.joined(separator: "+"),
    ]
    let fitted = "\(group.map(\.curve.fittedTo).min() ?? 0)"
    var rows: [[String]] = []
    for wells in [10, 20, 50].map({ $0 * group.count }) where offers.count >= 2 * wells {
      for isPriced in [false, true] {
        let plate = Plate(
          offers: offers, curves: group.map(\.curve), wells: wells, isPriced: isPriced,
          // Money for so many compounds of the middle price.
          budget: isPriced ? Double(wells) * exp(priceMean) : nil, draw: draw)
        for way in Plate.Way.allCases {
          rows.append(
            start + ["\(wells)", isPriced ? "drawn" : "equal", "\(draw)", way.rawValue]
              + ["\(offers.count)", "\(offers.count(where: \.isActive))"] + plate.cells(way)
              + [fitted])
        }
      }
    }
    return rows
  }

  /// A price that belongs to a structure in a draw.
  private func price(of smiles: String, draw: Int) -> Double {
    let key = ContentKey(of: "price \(draw) \(smiles)")
    let share = (Double(key.high >> 11) + 0.5) * 0x1p-53
    return exp(priceMean + priceDeviation * Normal.point(ofShare: share))
  }
}

/// A compound that may be bought for a target.
struct Offer {
  let target: Int
  let compound: TargetPredictions.Compound
  let curve: ChanceOfActivity
  let id: String
  let price: Double

  var isActive: Bool { curve.isActive(compound.tested.measured) }
  var value: Double { compound.tested.prediction.value }
}
