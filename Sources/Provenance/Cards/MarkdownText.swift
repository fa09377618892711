import Foundation

/// Pieces of Markdown; names and notes from files cannot break the page.
enum MarkdownText {
  /// A text on one line, with no markup of its own.
  static func plain(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
      .replacing("<", with: "&lt;")
  }

  /// A text inside a table.
  static func cell(_ text: String) -> String { plain(text).replacing("|", with: "\\|") }

  static func section(_ title: String, _ lines: [String]) -> [String] {
    ["", "## \(title)", ""] + lines
  }

  /// Three decimals, or a dash where there is no number.
  static func number(_ value: Double?) -> String {
    guard let value else { return "–" }
    return String(format: "%.3f", value)
  }

  static func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }
}
