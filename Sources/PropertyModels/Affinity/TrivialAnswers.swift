/// What can be said of a pair without learning, from the pairs that are not hidden.
struct TrivialAnswers {
  private let means: [Int: Double]
  private let measured: [Int: [(protein: Int, value: Double)]]

  /// Looks at pairs.
  init(of entries: [AffinityTable.Entry]) {
    let groups = Dictionary(grouping: entries, by: \.compound)
    means = groups.mapValues { $0.reduce(0) { $0 + $1.value } / Double($0.count) }
    measured = groups.mapValues { $0.map { ($0.protein, $0.value) } }
  }

  /// The compounds that have a value, ascending.
  var compounds: [Int] { means.keys.sorted() }

  /// Whether anything is known of a compound.
  func knows(_ compound: Int) -> Bool { means[compound] != nil }

  /// An answer for a known compound.
  ///
  /// - Parameter cosines: of the asked protein with all others.
  func value(
    _ answer: ColdProtein.TrivialAnswer, compound: Int, cosines: [Float]
  ) -> Double {
    switch answer {
    case .compoundMean: return means[compound] ?? 0
    case .nearestRelative:
      let nearest = (measured[compound] ?? []).max {
        (cosines[$0.protein], $1.protein) < (cosines[$1.protein], $0.protein)
      }
      return nearest?.value ?? 0
    }
  }
}
