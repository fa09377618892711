/// The people who carry a rare variant, and how many copies: a column of dosages without its zeros.
///
/// Sums over the carriers, in the order of people, equal sums over the column bit by bit.
struct Carriers: Sendable {
  /// The rows of people with a dosage other than 0, ascending.
  private(set) var rows: [Int]
  /// Their dosages.
  private(set) var copies: [Double]
  /// How many people there are.
  let people: Int

  /// A column of dosages.
  init(_ column: [Double]) {
    rows = column.indices.filter { column[$0] != 0 }
    copies = rows.map { column[$0] }
    people = column.count
  }

  /// Genotypes as the two bits of PLINK's file, turned to the rarer allele.
  ///
  /// A missing one counts as the mean; nil where none is known.
  init?(codes: [UInt8]) {
    var counts = (0, 0, 0, 0)
    for code in codes {
      switch code {
      case 0: counts.0 += 1
      case 1: counts.1 += 1
      case 2: counts.2 += 1
      default: counts.3 += 1
      }
    }
    let known = counts.0 + counts.2 + counts.3
    guard known > 0 else { return nil }
    let mean = Double(2 * counts.0 + counts.2) / Double(known)
    let isTurned = mean > 1
    let values = [2, mean, 1, 0].map { isTurned ? 2 - $0 : $0 }
    let nothing: UInt8 = isTurned ? 0 : 3
    rows = []
    copies = []
    people = codes.count
    guard values[1] > 0 else { return }
    for (row, code) in codes.enumerated() where code != nothing {
      rows.append(row)
      copies.append(values[Int(code)])
    }
  }

  /// The share of alleles.
  var frequency: Double { copies.reduce(0, +) / Double(2 * people) }

  /// The rows of people with a copy; one whose genotype is a small mean has none.
  var carriers: [Int] { rows.indices.filter { copies[$0] > 0.5 }.map { rows[$0] } }

  /// Copies of the other allele.
  var turned: Carriers {
    var column = [Double](repeating: 2, count: people)
    for (row, value) in zip(rows, copies) { column[row] = 2 - value }
    return Carriers(column)
  }

  /// With a weight on every copy.
  func weighted(_ weight: Double) -> Carriers {
    var result = self
    for place in copies.indices { result.copies[place] *= weight }
    return result
  }

  /// Σ copies · value over the people.
  func product(_ values: [Double]) -> Double {
    var sum = 0.0
    for (row, copies) in zip(rows, copies) { sum += copies * values[row] }
    return sum
  }

  /// Σ value · weight · copies over the people.
  func product(_ values: [Double], weights: [Double]) -> Double {
    var sum = 0.0
    for (row, copies) in zip(rows, copies) { sum += values[row] * weights[row] * copies }
    return sum
  }

  /// Σ copies · weight · the other's copies over people who carry both.
  func product(_ other: Carriers, weights: [Double]) -> Double {
    var sum = 0.0
    var (mine, its) = (0, 0)
    while mine < rows.count, its < other.rows.count {
      let (one, two) = (rows[mine], other.rows[its])
      if one == two { sum += copies[mine] * weights[one] * other.copies[its] }
      if one <= two { mine += 1 }
      if two <= one { its += 1 }
    }
    return sum
  }

  /// The copies of several variants together.
  static func sum(_ all: [Carriers]) -> Carriers {
    var column = [Double](repeating: 0, count: all.first?.people ?? 0)
    for one in all { for (row, copies) in zip(one.rows, one.copies) { column[row] += copies } }
    return Carriers(column)
  }
}
