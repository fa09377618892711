import Foundation
import Statistics

/// The persons of a hospital who enter one study: those with a value in every column of it.
struct SiteCohort: Sendable {
  /// A bit for each row of the hospital's table: whether it is in.
  let members: [UInt64]
  let outcome: [Double]
  let time: [Double]
  /// log person-time; nil where there is none.
  let offset: [Double]?
  /// The terms' columns, not scaled.
  let columns: [[Double]]

  var persons: Int { outcome.count }

  /// Takes the complete rows; values that the model cannot have leave a row out.
  init(_ study: StudyDefinition, of table: SiteTable) {
    let columns = study.terms.map { table.numbers[$0.column] ?? [] }
    let outcome = table.numbers[study.outcome] ?? []
    let time = study.time.flatMap { table.numbers[$0] }
    let exposure = study.exposure.flatMap { table.numbers[$0] }
    var rows: [Int] = []
    var members = [UInt64](repeating: 0, count: (table.rows + 63) / 64)
    for row in 0..<table.rows {
      guard columns.allSatisfy({ $0[row].isFinite }), Self.fits(outcome[row], study.model),
        time.map({ $0[row] >= 0 }) ?? true, exposure.map({ $0[row] > 0 }) ?? true
      else { continue }
      rows.append(row)
      members[row / 64] |= 1 << UInt64(row % 64)
    }
    self.members = members
    self.outcome = rows.map { outcome[$0] }
    self.columns = columns.map { column in rows.map { column[$0] } }
    self.time = time.map { time in rows.map { time[$0] } } ?? []
    offset = exposure.map { exposure in rows.map { log(exposure[$0]) } }
  }

  private static func fits(_ value: Double, _ model: StudyDefinition.Model) -> Bool {
    switch model {
    case .linear: value.isFinite
    case .logistic, .cox: value == 0 || value == 1
    case .poisson: value >= 0 && value.isFinite && value == value.rounded()
    }
  }

  /// How many persons are here and not there.
  func count(notIn other: SiteCohort) -> Int {
    var count = 0
    for (place, word) in members.enumerated() {
      let theirs = other.members.indices.contains(place) ? other.members[place] : 0
      count += (word & ~theirs).nonzeroBitCount
    }
    return count
  }

  /// The columns with their scalings, the intercept first where the model has one.
  func design(_ study: StudyDefinition, _ scalings: [Scaling]) -> Design {
    var standardised = scalings.makeIterator()
    var scaled = study.hasIntercept ? [[Double](repeating: 1, count: persons)] : []
    for (term, column) in zip(study.terms, columns) {
      switch term.scaling {
      case .asIs: scaled.append(column)
      case .fixed(let scaling): scaled.append(column.map { scaling($0) })
      case .standardised:
        let scaling = standardised.next() ?? .none
        scaled.append(column.map { scaling($0) })
      }
    }
    return Design(scaled, offset: offset)
  }

  /// Whether a column has few enough values that each is a group of persons.
  static func levels(_ column: [Double], atMost limit: Int = 10) -> [Double]? {
    var found = Set<Double>()
    for value in column {
      found.insert(value)
      if found.count > limit { return nil }
    }
    return found.sorted()
  }
}
