import Foundation

extension DisclosureRisk {
  /// Diversity and closeness of one column over classes.
  static func sensitive(_ values: [String], _ classes: [[Int]]) -> Sensitive {
    let everybody = shares(values)
    var (distinct, entropy, farthest, uniform) = (Int.max, Double.infinity, 0.0, 0)
    for members in classes {
      let own = shares(members.map { values[$0] })
      distinct = min(distinct, own.count)
      // Sums over a dictionary run in its order, which changes: sorted, the digits stay.
      let ordered = own.sorted { $0.key < $1.key }
      entropy = min(entropy, exp(-ordered.reduce(0) { $0 + $1.value * log($1.value) }))
      if own.count == 1 { uniform += members.count }
      var distance = 0.0
      for (value, share) in everybody.sorted(by: { $0.key < $1.key }) {
        distance += abs(share - (own[value] ?? 0))
      }
      farthest = max(farthest, distance / 2)
    }
    return Sensitive(
      distinctDiversity: distinct, entropyDiversity: entropy, closeness: farthest,
      peopleInUniformClasses: uniform)
  }

  private static func shares(_ values: [String]) -> [String: Double] {
    var counts: [String: Int] = [:]
    for value in values { counts[value, default: 0] += 1 }
    return counts.mapValues { Double($0) / Double(values.count) }
  }
}
