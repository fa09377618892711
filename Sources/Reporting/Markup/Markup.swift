/// A piece of HTML or SVG that is safe to join with others.
///
/// Safety is a matter of the type: whatever text is interpolated into a `Markup` literal is escaped,
/// and only another `Markup` is taken as it is. Identifiers, names and SMILES come from strangers,
/// and no place of the page has to remember that.
struct Markup: Hashable, Sendable {
  /// The HTML text.
  private(set) var html: String

  /// No markup at all.
  static let empty = Markup(trusted: "")

  /// Takes text as markup; only for text of our own source code.
  init(trusted html: String) { self.html = html }

  /// Escapes a text, for element content and for quoted attributes alike.
  init(escaping text: some StringProtocol) {
    self.html = ""
    append(escaping: text)
  }

  /// Adds markup at the end.
  mutating func append(_ other: Markup) { html += other.html }

  /// Adds a text at the end, escaped.
  ///
  /// Characters that HTML forbids (C0 controls but tab and line ends, and U+007F) become U+FFFD, so
  /// that the page stays well-formed and says that something was there.
  mutating func append(escaping text: some StringProtocol) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": html += "&amp;"
      case "<": html += "&lt;"
      case ">": html += "&gt;"
      case "\"": html += "&quot;"
      case "'": html += "&#39;"
      case "\t", "\n": html.unicodeScalars.append(scalar)
      case "\r": html += "&#13;"
      case "\u{0}"..."\u{1F}", "\u{7F}": html.unicodeScalars.append("\u{FFFD}")
      default: html.unicodeScalars.append(scalar)
      }
    }
  }
}

extension Markup: ExpressibleByStringInterpolation {
  /// Gathers the literal as it is and the interpolated values escaped.
  struct StringInterpolation: StringInterpolationProtocol {
    var markup = Markup.empty

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ literal: String) { markup.append(Markup(trusted: literal)) }
    mutating func appendInterpolation(_ text: some StringProtocol) { markup.append(escaping: text) }
    mutating func appendInterpolation(_ number: Int) { markup.append(escaping: String(number)) }
    mutating func appendInterpolation(_ part: Markup) { markup.append(part) }
    mutating func appendInterpolation(_ parts: [Markup]) { parts.forEach { markup.append($0) } }
  }

  init(stringInterpolation: StringInterpolation) { self = stringInterpolation.markup }
  init(stringLiteral value: String) { self.init(trusted: value) }
}

extension Sequence where Element == Markup {
  /// The pieces with another one between them.
  func joined(by separator: Markup) -> Markup {
    var result = Markup.empty
    for (index, part) in enumerated() {
      if index > 0 { result.append(separator) }
      result.append(part)
    }
    return result
  }
}
