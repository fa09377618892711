/// One element's start tag in RDKit's SVG text.
struct SVGTag {
  let name: Substring
  private let attributes: [Substring: Substring]

  subscript(_ attribute: Substring) -> Substring? { attributes[attribute] }

  /// The start and end tags of a text in their order, without comments and declarations.
  static func all(in svg: String) -> [SVGTag] {
    var tags: [SVGTag] = []
    var rest = svg[...]
    while let open = rest.utf8.firstIndex(of: UInt8(ascii: "<")) {
      rest = rest[rest.utf8.index(after: open)...]
      let isComment = rest.utf8.starts(with: "!--".utf8)
      guard let close = isComment ? end(ofComment: rest) : rest.utf8.firstIndex(of: endMark)
      else { break }
      let inside = rest[..<close]
      rest = rest[rest.utf8.index(after: close)...]
      switch inside.utf8.first {
      case UInt8(ascii: "?"), UInt8(ascii: "!"): continue
      case UInt8(ascii: "/") where inside != "/svg": continue
      default: tags.append(SVGTag(inside))
      }
    }
    return tags
  }

  private static let endMark = UInt8(ascii: ">")

  /// The place of the ">" that ends a comment.
  private static func end(ofComment text: Substring) -> Substring.Index? {
    var rest = text
    while let close = rest.utf8.firstIndex(of: endMark) {
      if text[..<close].utf8.suffix(2).elementsEqual("--".utf8) { return close }
      rest = rest[rest.utf8.index(after: close)...]
    }
    return nil
  }

  private init(_ inside: Substring) {
    let slash = UInt8(ascii: "/")
    let first = inside.utf8.first
    let nameEnd =
      inside.utf8.dropFirst().firstIndex { $0 <= 0x20 || ($0 == slash && first != slash) }
      ?? inside.endIndex
    name = inside[..<nameEnd]
    var attributes: [Substring: Substring] = [:]
    var rest = inside[nameEnd...]
    while let equals = rest.utf8.firstIndex(of: UInt8(ascii: "=")) {
      let key = rest[..<equals].drop { $0.isWhitespace }
      rest = rest[rest.utf8.index(after: equals)...]
      guard let quote = rest.utf8.first, quote == 0x27 || quote == 0x22 else { break }
      rest = rest.dropFirst()
      guard let end = rest.utf8.firstIndex(of: quote) else { break }
      attributes[key] = rest[..<end]
      rest = rest[rest.utf8.index(after: end)...]
    }
    self.attributes = attributes
  }

  /// The declarations of the style attribute.
  var style: [String: String] {
    var result: [String: String] = [:]
    for declaration in (self["style"] ?? "").split(separator: ";") {
      let parts = declaration.split(separator: ":", maxSplits: 1)
      if parts.count == 2 { result[String(parts[0])] = String(parts[1]) }
    }
    return result
  }

  /// The atom an element stands for, from RDKit's class `atom-7`.
  var atom: Int? {
    self["class"]?.split(separator: " ").first { $0.hasPrefix("atom-") }
      .flatMap { Int($0.dropFirst(5)) }
  }

  /// A checked coordinate, as RDKit wrote it.
  func number(_ attribute: Substring) -> String? {
    guard let text = self[attribute], let value = Double(text), value.isFinite else { return nil }
    return NumberText.plain(value, decimals: 1)
  }

  /// How a path is drawn; nil when the style is none we know.
  var ink: StructureDrawing.Ink? {
    let style = style
    let fill = style["fill"] ?? self["fill"].map(String.init) ?? "none"
    let stroke = style["stroke"] ?? "none"
    guard fill == "none" || Self.isColour(fill), stroke == "none" || Self.isColour(stroke)
    else { return nil }
    let width =
      style["stroke-width"].map { $0.hasSuffix("px") ? String($0.dropLast(2)) : $0 } ?? "1"
    guard let value = Double(width), value.isFinite, value >= 0 else { return nil }
    let dash = style["stroke-dasharray"] ?? ""
    guard dash.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == "," || $0 == ".") }) else {
      return nil
    }
    return StructureDrawing.Ink(
      fill: fill, stroke: stroke,
      width: stroke == "none" ? "" : NumberText.plain(value, decimals: 1), dash: dash)
  }

  /// Whether a text is `#RRGGBB`.
  static func isColour(_ text: String) -> Bool {
    text.utf8.count == 7 && text.first == "#" && text.dropFirst().allSatisfy(\.isHexDigit)
  }

  /// A path's text without needless blanks; nil when it is no path of lines and curves.
  static func compact(_ path: Substring) -> String? {
    var result: [UInt8] = []
    var pendingBlank = false
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "M"), UInt8(ascii: "L"), UInt8(ascii: "Q"), UInt8(ascii: "C"),
        UInt8(ascii: "Z"):
        result.append(byte)
        pendingBlank = false
      case UInt8(ascii: " "), UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        pendingBlank = (result.last ?? UInt8(ascii: "M")) < UInt8(ascii: "A")
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"):
        if pendingBlank { result.append(UInt8(ascii: " ")) }
        pendingBlank = false
        result.append(byte)
      default: return nil
      }
    }
    return result.first == UInt8(ascii: "M") ? String(decoding: result, as: UTF8.self) : nil
  }
}
