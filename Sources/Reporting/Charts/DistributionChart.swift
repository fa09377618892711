import Entities
import Screening

/// One property's distribution among the hits, over that of the library.
struct DistributionChart {
  let property: CompoundProperty
  let hits: [CompoundProperties]
  let library: [CompoundProperties]

  var summary: String {
    let parts = [("hits", hits), ("library sample", library)].compactMap { name, compounds in
      median(compounds).map {
        "\(name) \(NumberText.shown($0, decimals: property.decimals))"
      }
    }
    return "\(property.title): median of \(parts.joined(separator: ", of "))."
  }

  /// The medians, for a caption.
  var medians: (hits: Double?, library: Double?) { (median(hits), median(library)) }

  func markup() -> Markup {
    guard let (low, high) = span else { return .empty }
    let bins = bins(from: low, to: high)
    let shares = [library, hits].map { compounds -> [Double] in
      var histogram = bins
      for compound in compounds { histogram.add(property.value(of: compound)) }
      let total = Double(max(histogram.total, 1))
      return histogram.counts.map { Double($0) / total }
    }
    let frame = ChartFrame(
      width: 260, height: 150,
      x: Axis(from: bins.lower, to: bins.upper, start: 8, end: 252),
      y: Axis(from: 0, to: max((shares.joined().max() ?? 1) * 1.05, 0.001), start: 124, end: 8))
    return frame.svg(
      summary: summary,
      [
        "<path class=\"lib\" d=\"\(outline(shares[0], bins, frame, closed: true))\"/>",
        "<path class=\"hitline\" d=\"\(outline(shares[1], bins, frame, closed: false))\"/>",
        ticks(frame),
      ])
  }

  // All hits, and the library but for its last half per cent on either side, which the end bins
  // hold: one odd compound would squeeze all others into two bins.
  private var span: (low: Double, high: Double)? {
    let own = hits.map(property.value).filter(\.isFinite)
    let others = library.map(property.value).filter(\.isFinite).sorted()
    let cut = others.count / 200
    let ends = own + others.dropFirst(cut).dropLast(cut)
    guard let low = ends.min(), let high = ends.max() else { return nil }
    return (low, high)
  }

  private func ticks(_ frame: ChartFrame) -> Markup {
    let base = Axis.text(frame.y.start)
    let marks = frame.x.ticks(atMost: 6, whole: property.isCount).map { tick -> Markup in
      let place = frame.x.place(tick.value)
      let anchor = place < 16 ? "" : place > 244 ? "end" : "mid"
      return """
        <path class="tick" d="M\(Axis.text(place)) \(base)v4"/>\
        <text x="\(Axis.text(place))" y="\(Axis.text(frame.y.start + 17))" class="\(anchor)">\
        \(tick.label)</text>
        """
    }
    return "<path class=\"axis\" d=\"M\(Axis.text(frame.x.start)) \(base)H252\"/>\(marks)"
  }

  /// Whole numbers get a bin each while they are few; all others some thirty round bins.
  private func bins(from low: Double, to high: Double) -> ValueHistogram {
    if property.isCount && high - low <= 40 {
      return ValueHistogram(from: low - 0.5, to: high + 0.5, bins: Int(high - low) + 1)
    }
    let step = Axis(from: low, to: high, start: 0, end: 1).step(atMost: 30)
    let first = (low / step).rounded(.down)
    let count = max(1, Int((high / step).rounded(.down) - first) + 1)
    return ValueHistogram(
      lower: first * step, binWidth: step, counts: Array(repeating: 0, count: count))
  }

  private func outline(
    _ shares: [Double], _ bins: ValueHistogram, _ frame: ChartFrame, closed: Bool
  ) -> String {
    guard shares.contains(where: { $0 > 0 }) else { return "" }
    var path = "M\(Axis.text(frame.x.start)) \(Axis.text(frame.y.start))"
    for (bin, share) in shares.enumerated() {
      path += "V\(frame.y.text(share))"
      path += "H\(frame.x.text(bins.lower + Double(bin + 1) * bins.binWidth))"
    }
    return path + "V\(Axis.text(frame.y.start))" + (closed ? "Z" : "")
  }

  private func median(_ compounds: [CompoundProperties]) -> Double? {
    compounds.map(property.value).median
  }
}

extension Sequence where Element == Double {
  /// The middle value, or the mean of the two middle ones; nil when there is no number.
  var median: Double? {
    let sorted = filter(\.isFinite).sorted()
    guard let last = sorted.indices.last else { return nil }
    return (sorted[last / 2] + sorted[(last + 1) / 2]) / 2
  }
}
