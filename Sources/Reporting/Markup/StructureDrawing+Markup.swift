extension StructureDrawing {
  /// The drawing as inline SVG; colours come from classes of the page's style.
  ///
  /// - Parameters:
  ///   - contributions: What each atom adds to the prediction; when given, discs are coloured by it.
  ///   - scale: The contribution that takes the strongest colour.
  func markup(contributions: [Double], scale: Double) -> Markup {
    let box = [frame.x, frame.y, frame.width, frame.height].map(Axis.text).joined(separator: " ")
    return """
      <svg class="mol" viewBox="\(box)" aria-hidden="true">\
      \(discs.map { disc($0, contributions, scale) })\(layers.map(Self.shape))</svg>
      """
  }

  /// An atom's disc: coloured by the sign of its contribution, in three strengths.
  private func disc(_ disc: AtomDisc, _ contributions: [Double], _ scale: Double) -> Markup {
    guard let atom = disc.atom, contributions.indices.contains(atom) else {
      return contributions.isEmpty
        ? """
        <circle cx="\(disc.x)" cy="\(disc.y)" r="\(radius)" fill="\(disc.fill)" opacity=".5"/>
        """ : .empty
    }
    let part = contributions[atom] / scale
    guard part.isFinite, part.magnitude >= 0.15 else { return .empty }
    let strength = part.magnitude < 0.4 ? 1 : part.magnitude < 0.75 ? 2 : 3
    return """
      <circle class="\(part > 0 ? "up" : "down")\(strength)" cx="\(disc.x)" cy="\(disc.y)" \
      r="\(radius)"/>
      """
  }

  // RDKit scales a molecule to the box: a disc of a fixed share of the box neither hides a large
  // molecule's neighbours nor vanishes behind a small one's letters.
  private var radius: String {
    NumberText.plain(min(size.width, size.height) * 0.045, decimals: 1)
  }

  private static func shape(_ layer: Layer) -> Markup {
    let ink = layer.ink
    var attributes = Markup.empty
    if ink.fill != "none" { attributes.append(paint(ink.fill, "fill", "f")) }
    if ink.stroke != "none" {
      attributes.append(paint(ink.stroke, "stroke", "s"))
      if ink.width != "2.0" { attributes.append(" stroke-width=\"\(ink.width)\"") }
    }
    if !ink.dash.isEmpty { attributes.append(" stroke-dasharray=\"\(ink.dash)\"") }
    return "<path\(attributes) d=\"\(layer.path)\"/>"
  }

  private static func paint(_ colour: String, _ attribute: String, _ prefix: String) -> Markup {
    if let name = elements[colour.uppercased()] { return " class=\"\(prefix)\(name)\"" }
    return " \(attribute)=\"\(colour)\""
  }

  // RDKit's default palette. The page's style gives each class a tone for light and for dark paper.
  static let elements: [String: String] = [
    "#000000": "C", "#FF0000": "O", "#0000FF": "N", "#3232FF": "N", "#33CCCC": "F",
    "#00CC00": "X", "#7F4C19": "B", "#A01EEF": "I", "#CCCC00": "S", "#B2B200": "S",
    "#FF7F00": "P", "#7F7F7F": "H",
  ]
}
