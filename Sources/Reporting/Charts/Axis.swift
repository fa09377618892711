/// One axis of a chart: from values to places, with round ticks.
struct Axis {
  /// The value at the start.
  let lower: Double
  /// The value at the end.
  let upper: Double
  /// The place of `lower`, in the drawing's units.
  let start: Double
  /// The place of `upper`; below `start` for a vertical axis, as SVG counts downwards.
  let end: Double

  /// Creates an axis over given ends; equal ends are widened, for a place needs a width.
  init(from lower: Double, to upper: Double, start: Double, end: Double) {
    let isFlat = !(lower < upper)
    self.lower = isFlat ? lower - 0.5 : lower
    self.upper = isFlat ? lower + 0.5 : upper
    self.start = start
    self.end = end
  }

  /// The place of a value, held inside the axis.
  func place(_ value: Double) -> Double {
    let share = min(max((value - lower) / (upper - lower), 0), 1)
    return start + share * (end - start)
  }

  /// The place of a value as text.
  func text(_ value: Double) -> String { Self.text(place(value)) }

  /// A place as text, to a tenth of a unit.
  static func text(_ place: Double) -> String {
    let text = NumberText.plain(place, decimals: 1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A step of 1, 2, 2.5 or 5 times a power of ten that cuts the axis into at most `count` parts.
  func step(atMost count: Int, whole: Bool = false) -> Double {
    let raw = (upper - lower) / Double(max(count, 1))
    var power = 1.0
    while power > raw { power /= 10 }
    while power * 10 <= raw { power *= 10 }
    if whole && power < 1 { return 1 }
    let factors = whole ? [1, 2, 5] : [1, 2, 2.5, 5]
    return factors.map { $0 * power }.first { $0 >= raw * 0.999_999 } ?? power * 10
  }

  /// Round values inside the axis, with the decimals they need.
  func ticks(atMost count: Int, whole: Bool = false) -> [Tick] {
    let step = step(atMost: count, whole: whole)
    let decimals = (0...6).first { decimals in
      let scale = (0..<decimals).reduce(1.0) { result, _ in result * 10 }
      return ((step * scale).rounded() - step * scale).magnitude < 1e-6
    }
    let first = Int((lower / step - 1e-9).rounded(.up))
    let last = Int((upper / step + 1e-9).rounded(.down))
    guard first <= last else { return [] }
    return (first...last).map { index in
      let value = Double(index) * step
      return Tick(value: value, label: NumberText.shown(value, decimals: decimals ?? 6))
    }
  }

  /// A marked value.
  struct Tick {
    let value: Double
    let label: String
  }
}
