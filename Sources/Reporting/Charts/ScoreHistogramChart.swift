/// The predicted values of the whole library, with the hits among them.
struct ScoreHistogramChart {
  let scores: ValueHistogram
  let hits: [Double]
  let endpoint: ReportEndpoint

  var summary: String {
    guard let low = hits.min(), let high = hits.max() else {
      return "Predicted \(endpoint.name) of \(NumberText.count(scores.total, "compound"))."
    }
    return """
      Predicted \(endpoint.name) of \(NumberText.count(scores.total, "scored compound")), \
      most between \(shown(quantile(0.05))) and \(shown(quantile(0.95))); \
      the \(NumberText.count(hits.count, "hit")) lie between \(shown(low)) and \(shown(high)).
      """
  }

  func markup() -> Markup {
    let marked = scores.recounted(hits)
    let span = occupied(marked)
    let top = max(scores.counts.max() ?? 1, marked.counts.max() ?? 1, 1)
    // Counts span from one to a million: only a logarithmic axis shows the few beside the many.
    // It starts at one half, so that a single compound still has a bar.
    let decades = (0...15).map(pow10).prefix { $0 <= Double(top) * 3 }
    let frame = ChartFrame(
      width: 560, height: 300,
      x: Axis(from: span.lower, to: span.upper, start: 56, end: 548),
      y: Axis(from: log10(0.5), to: log10(Double(top) * 1.6), start: 250, end: 30))
    let ticks = decades.enumerated().compactMap { power, value -> Axis.Tick? in
      Double(top) * 1.6 < value
        ? nil : Axis.Tick(value: Double(power), label: Self.decade(power))
    }
    return frame.svg(
      summary: summary,
      [
        frame.leftAxis(ticks, name: "compounds (logarithmic)"),
        bars(scores, in: frame, class: "lib"), bars(marked, in: frame, class: "hit"),
        frame.bottomAxis(
          frame.x.ticks(atMost: 9), name: "predicted \(endpoint.name) (\(endpoint.unit))"),
      ])
  }

  /// A power of ten as short text: 1, 10, 100, 1 k, 10 k, 100 k, 1 M.
  private static func decade(_ power: Int) -> String {
    let digits = "1" + String(repeating: "0", count: power % 3)
    let suffixes = ["", " k", " M", " G", " T", " P"]
    return digits + suffixes[power / 3]
  }

  private func bars(_ histogram: ValueHistogram, in frame: ChartFrame, class kind: String) -> Markup
  {
    var path = ""
    for (bin, count) in histogram.counts.enumerated() where count > 0 {
      let left = frame.x.place(histogram.lower + Double(bin) * histogram.binWidth) + 0.4
      let right = frame.x.place(histogram.lower + Double(bin + 1) * histogram.binWidth) - 0.4
      let top = frame.y.place(log10(Double(count)))
      path += "M\(Axis.text(left)) \(Axis.text(frame.y.start))V\(Axis.text(top))"
      path += "H\(Axis.text(max(right, left + 0.4)))V\(Axis.text(frame.y.start))"
    }
    return "<path class=\"\(kind)\" d=\"\(path)\"/>"
  }

  /// The bins between the first and the last that hold anything.
  private func occupied(_ marked: ValueHistogram) -> (lower: Double, upper: Double) {
    let filled = scores.counts.indices.filter { scores.counts[$0] + marked.counts[$0] > 0 }
    let first = filled.first ?? 0
    let last = filled.last ?? scores.counts.count - 1
    return (
      scores.lower + Double(first) * scores.binWidth,
      scores.lower + Double(last + 1) * scores.binWidth
    )
  }

  private func quantile(_ share: Double) -> Double {
    let wanted = share * Double(scores.total)
    var seen = 0
    for (bin, count) in scores.counts.enumerated() {
      seen += count
      if Double(seen) >= wanted { return scores.lower + (Double(bin) + 0.5) * scores.binWidth }
    }
    return scores.upper
  }

  private func shown(_ value: Double) -> String { NumberText.shown(value, decimals: 1) }

  private func pow10(_ power: Int) -> Double { (0..<power).reduce(1) { result, _ in result * 10 } }

  /// The decimal logarithm to chart precision, without the platform's maths library.
  private func log10(_ value: Double) -> Double {
    // x = significand · 2^exponent; atanh's series converges fast on the significand.
    let ratio = (value.significand - 1) / (value.significand + 1)
    var term = ratio
    var sum = 0.0
    for order in stride(from: 1.0, to: 40, by: 2) {
      sum += term / order
      term *= ratio * ratio
    }
    return (Double(value.exponent) * 0.693_147_180_559_945 + 2 * sum) / 2.302_585_092_994_046
  }
}
