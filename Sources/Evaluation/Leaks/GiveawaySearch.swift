import Statistics

/// Whether something that is no chemistry foretells the label: the number in an identifier, the
/// letters before it, its length, or the place in the file.
struct GiveawaySearch {
  private(set) var findings: [DataAudit.Finding] = []
  private(set) var numbers: [String: Double] = [:]

  /// How strong a rank correlation must be, and how many of its standard errors.
  private static let strength = 0.3
  private static let errors = 5.0

  init(_ rows: [AuditedRow]) {
    let train = rows.filter { !$0.isTest }
    let test = rows.filter(\.isTest)
    guard train.count >= 10, test.count >= 10 else { return }
    let measured = test.map(\.value)
    func judge(_ what: String, _ predicted: [Double]) {
      guard let rho = Correlation.spearman.value(predicted, measured) else { return }
      numbers["label foretold by \(what)"] = rho
      guard rho >= Self.strength, rho * Double(test.count - 1).squareRoot() >= Self.errors else {
        return
      }
      findings.append(
        .init(
          kind: .giveaway, severity: .warning,
          sentence: "\(what) gives the label away: a rank correlation of "
            + "\((rho * 100).rounded() / 100) on the test rows, without any chemistry; no model may see it, and no split may "
            + "follow it"))
    }
    judge("the order of the rows", Self.near(train, test) { Double($0.place) })
    judge("the number in the identifier", Self.near(train, test) { Self.number($0.id) })
    judge("the text of the identifier", Self.means(train, test) { Self.letters($0.id) })
    judge("the length of the identifier", Self.means(train, test) { String($0.id.count) })
  }

  /// The mean value of the five training rows with the nearest numbers.
  private static func near(
    _ train: [AuditedRow], _ test: [AuditedRow], _ number: (AuditedRow) -> Double?
  ) -> [Double] {
    let known = train.compactMap { row in number(row).map { (at: $0, value: row.value) } }
      .sorted { ($0.at, $0.value) < ($1.at, $1.value) }
    let mean = Moments.mean(train.map(\.value)) ?? 0
    guard known.count >= 10 else { return test.map { _ in mean } }
    return test.map { row in
      guard let place = number(row) else { return mean }
      var (low, high) = (0, known.count)
      while low < high {
        let middle = (low + high) / 2
        if known[middle].at < place { low = middle + 1 } else { high = middle }
      }
      var (below, above) = (low - 1, low)
      var sum = 0.0
      for _ in 0..<5 {
        let left = below >= 0 ? place - known[below].at : .infinity
        let right = above < known.count ? known[above].at - place : .infinity
        if left <= right, below >= 0 {
          sum += known[below].value
          below -= 1
        } else {
          sum += known[above].value
          above += 1
        }
      }
      return sum / 5
    }
  }

  /// The mean value of the training rows with the same text, drawn to the mean of all.
  private static func means(
    _ train: [AuditedRow], _ test: [AuditedRow], _ key: (AuditedRow) -> String
  ) -> [Double] {
    let mean = Moments.mean(train.map(\.value)) ?? 0
    var sums: [String: (Double, Double)] = [:]
    for row in train {
      let (sum, count) = sums[key(row)] ?? (0, 0)
      sums[key(row)] = (sum + row.value, count + 1)
    }
    return test.map { row in
      let (sum, count) = sums[key(row)] ?? (0, 0)
      return (sum + 5 * mean) / (count + 5)
    }
  }

  /// The last number in a text.
  private static func number(_ id: String) -> Double? {
    let digits = id.reversed().drop { !($0.isASCII && $0.isNumber) }
      .prefix { $0.isASCII && $0.isNumber }
    return digits.isEmpty || digits.count > 15 ? nil : Double(String(digits.reversed()))
  }

  /// A text without its digits.
  private static func letters(_ id: String) -> String { id.filter { !$0.isNumber } }
}
