public import Foundation

extension ModelCard {
  /// The card in words: the content of `CARD.md`.
  public var markdown: String {
    var lines = ["# \(MarkdownText.plain(name))", ""]
    lines += overview
    lines += MarkdownText.section("How well it does", table(of: performance + baselines))
    lines += calibrationLines
    lines += MarkdownText.section("Where it may be used", [MarkdownText.plain(applicabilityDomain)])
    if !limitations.isEmpty {
      lines += MarkdownText.section(
        "What it cannot do", limitations.map { "- " + MarkdownText.plain($0) })
    }
    lines += MarkdownText.section("What it learned from", trainingLines)
    return lines.joined(separator: "\n") + "\n"
  }

  /// Writes `card.json` and `CARD.md` into a model folder.
  public func write(into folder: URL) throws {
    try StableJSON.write(self, to: folder.appending(path: ModelCard.fileName))
    try AtomicFile.write(markdown, to: folder.appending(path: ModelCard.textFileName))
  }

  private var overview: [String] {
    [
      "Predicts **\(MarkdownText.plain(endpoint.name))** in \(MarkdownText.plain(endpoint.unit)): "
        + "\(MarkdownText.plain(endpoint.meaning)) (\(task.rawValue)).",
      "",
      MarkdownText.plain(architecture),
      "",
      "Made by \(MarkdownText.plain(createdBy)).",
    ]
  }

  private func table(of results: [Performance]) -> [String] {
    var lines = [
      "| model | rows | n | metric | value | interval |", "|---|---|--:|---|--:|---|",
    ]
    for result in results {
      for measure in result.measures {
        let cells = [
          result.model, result.rows, String(result.count), Self.title(of: measure),
          MarkdownText.number(measure.value), Self.interval(of: measure),
        ]
        lines.append("| " + cells.map(MarkdownText.cell).joined(separator: " | ") + " |")
      }
    }
    return lines
  }

  private static func title(of measure: Performance.Measure) -> String {
    let arrow = measure.higherIsBetter ? "↑" : "↓"
    guard let unit = measure.unit else { return "\(measure.metric) \(arrow)" }
    return "\(measure.metric) \(arrow) [\(unit)]"
  }

  private static func interval(of measure: Performance.Measure) -> String {
    guard let lower = measure.lower, let upper = measure.upper else { return "–" }
    let bounds = "\(MarkdownText.number(lower)) to \(MarkdownText.number(upper))"
    guard let confidence = measure.confidence else { return bounds }
    return "\(bounds) (\(MarkdownText.percent(confidence)))"
  }

  private var calibrationLines: [String] {
    guard let calibration else { return [] }
    var sentence =
      "\(calibration.method). Intervals should hold \(MarkdownText.percent(calibration.nominalCoverage))"
    if let observed = calibration.observedCoverage {
      sentence += " of measured values; they held \(MarkdownText.percent(observed))"
      if let lower = calibration.lower, let upper = calibration.upper {
        sentence += " (\(MarkdownText.percent(lower)) to \(MarkdownText.percent(upper)))"
      }
      sentence += " of \(calibration.count)."
    } else {
      sentence += " of measured values; this was not counted on unseen rows."
    }
    return MarkdownText.section("How sure it is", [MarkdownText.plain(sentence)])
  }

  private var trainingLines: [String] {
    let rows = training.rows.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    let settings = training.settings.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    var lines = [
      "- data: \(training.data.name), SHA-256 `\(training.data.digest.hex)`",
      "- licence of the data: \(training.license)",
      "- split: \(training.split); rows: \(rows.joined(separator: ", ")); refused: \(training.refused)",
      "- seeds: \(training.seeds.map(String.init).joined(separator: ", "))",
    ]
    if !settings.isEmpty { lines.append("- settings: \(settings.joined(separator: ", "))") }
    return lines.map(MarkdownText.plain)
  }
}
