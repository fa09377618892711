import Biobank
import Foundation
import Records
import TargetEvidence

/// Whether two traits share a cause in a region, from a table of their effects at the same variants.
public struct ColocalisationTable: Sendable {
  /// The probabilities of: no cause, of the first only, of the second only, two causes, a shared one.
  public let posteriors: [Double]
  /// The variants, the most probable to be the shared cause first, given that there is one.
  public let variants: [(name: String, probability: Double)]
  /// Lines that were not used.
  public let refused: Int

  /// Reads the columns of effects and standard errors.
  ///
  /// - Parameters:
  ///   - name: the column of the variants' names.
  ///   - deviations: of the effects' priors: .15 × the trait's deviation, .2 for cases and controls.
  public init(
    reading path: String, name: String, first: (beta: String, se: String),
    second: (beta: String, se: String), deviations: (first: Double, second: Double)
  ) throws {
    let table = try TableReader(.file(path))
    let names = [name, first.beta, first.se, second.beta, second.se]
    let places = names.compactMap { table.header.firstIndex(of: $0) }
    guard places.count == names.count else {
      let missing = names.filter { !table.header.contains($0) }
      throw EvidenceError.table(path, "has no column \(missing.joined(separator: ", "))")
    }
    var (found, values): ([String], [[Double]]) = ([], [[], [], [], []])
    var refused = 0
    while let row = try table.next() {
      guard case .row(let row) = row else {
        refused += 1
        continue
      }
      let numbers = places.dropFirst().compactMap { Double(row.fields[$0]) }
      guard numbers.count == 4, numbers.allSatisfy(\.isFinite), numbers[1] > 0, numbers[3] > 0
      else {
        refused += 1
        continue
      }
      found.append(row.fields[places[0]])
      for (place, number) in numbers.enumerated() { values[place].append(number) }
    }
    func trait(_ place: Int, _ deviation: Double) -> Colocalisation.Trait? {
      Colocalisation.Trait(
        effects: values[place], variances: values[place + 1].map { $0 * $0 },
        priorDeviation: deviation)
    }
    guard let one = trait(0, deviations.first), let two = trait(2, deviations.second),
      let study = Colocalisation(one, two)
    else { throw EvidenceError.table(path, "has no variant with both effects and their errors") }
    posteriors = study.posteriors
    variants = zip(found, study.sharedByVariant).map { ($0, $1) }
      .sorted { (-$0.1, $0.0) < (-$1.1, $1.0) }
    self.refused = refused
  }
}
