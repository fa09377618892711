/// Days of the Gregorian calendar as whole numbers, counted from 1970-01-01.
public enum CalendarDay {
  /// The number of a date; nil where no calendar has it.
  public static func number(year: Int, month: Int, day: Int) -> Int? {
    guard (1...9_999).contains(year), (1...12).contains(month), day >= 1,
      day <= length(ofMonth: month, year: year)
    else { return nil }
    // Hinnant's days_from_civil: years begin in March, so that the leap day is the last.
    let y = month <= 2 ? year - 1 : year
    let era = y / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// Year, month and day of a number: Hinnant's civil_from_days.
  public static func date(of number: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let march = (5 * dayOfYear + 2) / 153
    let month = march < 10 ? march + 3 : march - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * march + 2) / 5 + 1)
  }

  /// A date as `2021-03-04`.
  public static func text(_ number: Int) -> String {
    let (year, month, day) = date(of: number)
    func padded(_ value: Int, _ width: Int) -> String {
      let text = "\(value)"
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  /// Reads `2021-03-04` or `20210304`; a time of day behind either is passed over.
  static func read(_ bytes: Span<UInt8>) -> Int? {
    let isDashed = bytes.count > 4 && bytes[4] == 0x2D
    let width = isDashed ? 10 : 8
    guard bytes.count >= width else { return nil }
    if bytes.count > width, bytes[width] != ASCII.space, bytes[width] != 0x54 { return nil }
    if isDashed, bytes[7] != 0x2D { return nil }
    func digits(_ first: Int, _ count: Int) -> Int? {
      var value = 0
      for place in first..<first + count {
        let digit = bytes[place] &- 0x30
        guard digit < 10 else { return nil }
        value = value * 10 + Int(digit)
      }
      return value
    }
    guard let year = digits(0, 4), let month = digits(isDashed ? 5 : 4, 2),
      let day = digits(isDashed ? 8 : 6, 2)
    else { return nil }
    return number(year: year, month: month, day: day)
  }

  private static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
