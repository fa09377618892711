import Entities

/// A prediction and its interval as a small bar on an axis that all bars of the page share.
struct IntervalBar {
  private let axis: Axis

  /// The size of a bar, in its own units.
  static let size = (width: 120.0, height: 14.0)

  /// Creates the bar's axis over all predictions.
  init(over predictions: [PredictedValue]) {
    let low = predictions.map(\.lower).filter(\.isFinite).min() ?? 0
    let high = predictions.map(\.upper).filter(\.isFinite).max() ?? 1
    axis = Axis(from: low, to: high, start: 3, end: Self.size.width - 3)
  }

  /// The bar of one prediction; the numbers stand beside it, so it is silent for a screen reader.
  func markup(_ prediction: PredictedValue) -> Markup {
    guard prediction.value.isFinite, prediction.lower.isFinite, prediction.upper.isFinite else {
      return .empty
    }
    return """
      <svg class="bar" viewBox="0 0 120 14" aria-hidden="true"><path class="rail" d="M3 7H117"/>\
      <path class="span" d="M\(axis.text(prediction.lower)) 7H\(axis.text(prediction.upper))"/>\
      <path class="point" d="M\(axis.text(prediction.value)) 1.5v11"/></svg>
      """
  }
}
