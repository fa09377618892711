/// Numbers as text: always with a point, never by the reader's locale, the same on every machine.
enum NumberText {
  /// A number with a fixed count of decimals, for machines: `-0.50`; empty when it is no number.
  static func plain(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return "" }
    let scale = (0..<decimals).reduce(1.0) { result, _ in result * 10 }
    let scaled = (value.magnitude * scale).rounded()
    // Above 2^53 the decimals are not there to be shown; Swift's own shortest text is exact.
    guard scaled < 9_007_199_254_740_992 else { return value.description }
    var digits = String(Int(scaled))
    if decimals > 0 {
      digits = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -decimals))
    }
    return value < 0 && scaled > 0 ? "-" + digits : digits
  }

  /// The same for readers, with a true minus sign; a dash when it is no number.
  static func shown(_ value: Double, decimals: Int) -> String {
    let text = plain(value, decimals: decimals)
    guard !text.isEmpty else { return "–" }
    return text.hasPrefix("-") ? "−" + text.dropFirst() : text
  }

  /// A whole number with commas between thousands: `1,936,962`.
  static func grouped(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var text = value < 0 ? "−" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// A share of 0 to 1 as per cent; one decimal below 10 %, and never "0 %" for a share above 0.
  static func percent(_ share: Double) -> String {
    guard share.isFinite else { return "–" }
    if share > 0 && share < 0.001 { return "< 0.1 %" }
    if share < 1 && share > 0.999 { return "> 99.9 %" }
    let decimals = share < 0.0995 && share > 0 ? 1 : 0
    return "\(plain(share * 100, decimals: decimals)) %"
  }

  /// "1 compound", "2 compounds"; a noun that does not take an s has its plural named.
  static func count(_ value: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(grouped(value)) \(value == 1 ? noun : plural ?? noun + "s")"
  }
}
