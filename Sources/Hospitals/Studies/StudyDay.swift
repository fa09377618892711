/// A day as whole number: the number itself, or the days since 1970-01-01 of a date.
public enum StudyDay {
  /// Reads `422` or `2021-03-04`; nil for anything else, and for a date that no calendar has.
  public static func read(_ text: String) -> Int? {
    if let number = Int(text) { return abs(number) <= 10_000_000 ? number : nil }
    let bytes = Array(text.utf8)
    // A time of day behind the date is cut off: 2021-03-04 00:00:00.
    guard bytes.count == 10 || (bytes.count > 10 && (bytes[10] == 0x20 || bytes[10] == 0x54)),
      bytes[4] == 0x2D, bytes[7] == 0x2D
    else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for byte in bytes[range] {
        guard (0x30...0x39).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 0x30)
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      (1...12).contains(month), day >= 1, day <= length(of: month, in: year)
    else { return nil }
    return days(year, month, day)
  }

  private static func length(of month: Int, in year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  /// Days from 1970-01-01 (Hinnant's days_from_civil): years begin in March, so that the leap day is
  /// the last.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}
