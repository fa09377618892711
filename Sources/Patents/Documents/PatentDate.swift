/// A day of the Gregorian calendar, as patent offices write it.
///
/// Kept as days since 1970-01-01, so that dates compare and sort as numbers.
public struct PatentDate: Hashable, Sendable, Comparable {
  /// Days since 1970-01-01; negative before it.
  public let days: Int32

  /// The first and the last year that a patent document may carry.
  ///
  /// The first patents of the modern offices are of 1790; an expiry lies a few decades ahead.
  public static let years = 1_790...2_150

  /// A date from its count of days.
  public init(days: Int32) { self.days = days }

  /// A date of the calendar; nil where there is no such day, or the year is no patent's.
  public init?(year: Int, month: Int, day: Int) {
    guard Self.years.contains(year), (1...12).contains(month), day >= 1 else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard day <= lengths[month - 1] else { return nil }
    // Days from a civil date, years counted from March (Hinnant 2013).
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let ofEra = shifted - era * 400
    let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    days = Int32(era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468)
  }

  /// Orders by time.
  public static func < (left: PatentDate, right: PatentDate) -> Bool { left.days < right.days }
}

extension PatentDate: CustomStringConvertible {
  /// The year, month and day: `2014-05-12`.
  public var description: String {
    let shifted = Int(days) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let ofEra = shifted - era * 146_097
    let year = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * year + year / 4 - year / 100)
    let month = (5 * ofYear + 2) / 153
    let day = ofYear - (153 * month + 2) / 5 + 1
    let civil = month < 10 ? month + 3 : month - 9
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    let years = year + era * 400 + (civil <= 2 ? 1 : 0)
    return "\(padded(years, 4))-\(padded(civil, 2))-\(padded(day, 2))"
  }
}

extension PatentDate: Codable {
  /// Reads `2014-05-12`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard case .date(let date) = PatentDateText(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "no date: \(text)")
    }
    self = date
  }

  /// Writes `2014-05-12`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// What a field that should hold a date holds.
public enum PatentDateText: Hashable, Sendable {
  /// A day that exists.
  case date(PatentDate)
  /// Nothing, or a mark that stands for nothing, such as PATSTAT's `9999-12-31`.
  case none
  /// Something that is no day of the calendar.
  case impossible

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// Reads `2014-05-12`, `20140512`, `2014/05/12`, `Aug 24, 2026` and each with a time behind it.
  public init(_ text: String) {
    let plain = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let nothing = ["", "-", "NULL", "null", "None", "NaN", "nan", "NaT", "9999-12-31", "99991231"]
    if nothing.contains(plain) || plain.hasPrefix("9999-12-31") || plain == "0" {
      self = .none
      return
    }
    self =
      Self.parts(plain).flatMap { PatentDate(year: $0, month: $1, day: $2) }
      .map { .date($0) } ?? .impossible
  }

  private static func parts(_ text: String) -> (Int, Int, Int)? {
    let words = text.split { $0 == " " || $0 == "," }
    if let first = words.first, words.count == 3,
      let month = months.firstIndex(of: String(first.prefix(3)).lowercased()),
      let day = number(words[1]), let year = number(words[2])
    {
      return (year, month + 1, day)
    }
    guard let stamp = words.first?.split(separator: "T").first else { return nil }
    let pieces = stamp.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "/" }
    if pieces.count == 3, pieces[0].utf8.count == 4, let year = number(pieces[0]),
      let month = number(pieces[1]), let day = number(pieces[2])
    {
      return (year, month, day)
    }
    guard pieces.count == 1, stamp.utf8.count == 8, let all = number(stamp) else { return nil }
    return (all / 10_000, all / 100 % 100, all % 100)
  }

  /// At most eight digits and nothing else: `Int` alone would take signs.
  private static func number(_ text: Substring) -> Int? {
    let isDigits = text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    return isDigits && (1...8).contains(text.utf8.count) ? Int(text) : nil
  }
}

extension PatentDateText {
  /// The date, nil where there is none.
  public var date: PatentDate? { if case .date(let date) = self { date } else { nil } }
}
