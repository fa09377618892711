extension Double {
  /// The number with a fixed count of decimals, never in a locale's manner; `-0` becomes `0`.
  ///
  /// Rounds half away from zero, as tables in the field do.
  public func fixed(_ decimals: Int) -> String {
    guard isFinite else { return "–" }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (magnitude * scale).rounded()
    guard scaled < 9e15 else { return "\(self)" }
    var digits = String(Int(scaled))
    while digits.count <= decimals { digits = "0" + digits }
    let sign = self < 0 && scaled > 0 ? "-" : ""
    if decimals == 0 { return sign + digits }
    return sign + digits.dropLast(decimals) + "." + digits.suffix(decimals)
  }

  /// The shortest text, without `.0` for whole numbers.
  var shortest: String {
    self == rounded() && magnitude < 9e15 ? String(Int(self)) : "\(self)"
  }
}

extension Int {
  /// The number with commas between thousands.
  public var grouped: String {
    var digits = String(magnitude)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    groups.insert(digits, at: 0)
    return (self < 0 ? "-" : "") + groups.joined(separator: ",")
  }
}
