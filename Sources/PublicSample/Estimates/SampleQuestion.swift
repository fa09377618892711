/// One question to a sample, as it is written on a command line.
public enum SampleQuestion: Hashable, Sendable {
  /// The mean of a column.
  case mean(String)
  /// The sum of a column over the population.
  case total(String)
  /// The share of people whose column holds a value.
  case proportion(String, value: String)
  /// The sum of one column over that of another.
  case ratio(String, over: String)
  /// The value of a column that a share of the people do not exceed.
  case quantile(String, share: Double)

  /// Reads `COLUMN=VALUE`.
  public static func proportion(parsing text: String) throws(SampleError) -> SampleQuestion {
    guard let place = text.firstIndex(of: "="), place != text.startIndex else {
      throw SampleError("a proportion is written COLUMN=VALUE, not \(text)")
    }
    return .proportion(String(text[..<place]), value: String(text[text.index(after: place)...]))
  }

  /// Reads `COLUMN/COLUMN`.
  public static func ratio(parsing text: String) throws(SampleError) -> SampleQuestion {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else {
      throw SampleError("a ratio is written COLUMN/COLUMN, not \(text)")
    }
    return .ratio(parts[0], over: parts[1])
  }

  /// Reads `COLUMN@0.5`.
  public static func quantile(parsing text: String) throws(SampleError) -> SampleQuestion {
    guard let place = text.lastIndex(of: "@"), place != text.startIndex,
      let share = Double(text[text.index(after: place)...]), share > 0, share < 1
    else { throw SampleError("a quantile is written COLUMN@0.5, between 0 and 1, not \(text)") }
    return .quantile(String(text[..<place]), share: share)
  }

  /// The columns to read, with what they hold.
  public var kinds: [String: SampleTable.Kind] {
    switch self {
    case .mean(let column), .total(let column), .quantile(let column, _): [column: .number]
    case .proportion(let column, _): [column: .optionalText]
    case .ratio(let one, let other): [one: .number, other: .number]
    }
  }

  /// Its name and its columns, for tables.
  var words: (statistic: String, column: String) {
    switch self {
    case .mean(let column): ("mean", column)
    case .total(let column): ("total", column)
    case .proportion(let column, let value): ("proportion", "\(column)=\(value)")
    case .ratio(let one, let other): ("ratio", "\(one)/\(other)")
    case .quantile(let column, let share): ("quantile", "\(column)@\(share)")
    }
  }
}
