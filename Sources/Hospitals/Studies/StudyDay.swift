import Records

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
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else {
      return nil
    }
    return CalendarDay.number(year: year, month: month, day: day)
  }
}
