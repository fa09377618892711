import Entities

/// A structure's drawing, rebuilt from RDKit's SVG text: smaller, safe, and in the page's colours.
///
/// RDKit writes each bond as an element with some 200 bytes of inline style, which a strict content
/// policy blocks and 500 hits cannot afford. Here, neighbouring lines of one colour become one path
/// and colours become classes. Only shapes and checked numbers are taken over; a text that holds
/// any other kind of element is not drawn at all, for a structure that lacks a part is a wrong one.
struct StructureDrawing {
  /// The width and height of the drawing, in its own units.
  let size: (width: Double, height: Double)
  /// The discs behind highlighted atoms.
  let discs: [AtomDisc]
  /// The lines and letters.
  let layers: [Layer]

  /// The disc behind a highlighted atom.
  struct AtomDisc {
    let atom: Int?
    let x: String
    let y: String
    let fill: String
  }

  /// Shapes drawn alike, as one path.
  struct Layer {
    let ink: Ink
    var path: String
    /// Where its last line ends; nil when nothing can go on from there.
    var end: String?
  }

  /// How shapes are drawn.
  struct Ink: Hashable {
    let fill: String
    let stroke: String
    let width: String
    let dash: String
  }

  /// Reads RDKit's SVG text; nil when it is not a drawing that can be shown whole.
  init?(svg: String) {
    var discs: [AtomDisc] = []
    var layers: [Layer] = []
    var size: (Double, Double)?
    let tags = SVGTag.all(in: svg)
    let highlights = Set(tags.filter { $0.name == "ellipse" }.compactMap { $0.style["fill"] })
      .filter { Self.elements[$0.uppercased()] == nil }
    for tag in tags {
      switch tag.name {
      case "svg":
        guard let box = tag["viewBox"]?.split(separator: " ").compactMap({ Double($0) }),
          box.count == 4, box[2] > 0, box[3] > 0, box[2] < 10_000, box[3] < 10_000
        else { return nil }
        size = (box[2], box[3])
      case "rect", "/svg":
        continue  // The background: the page has its own.
      case "ellipse", "circle":
        guard let x = tag.number("cx"), let y = tag.number("cy") else { return nil }
        let fill = tag.style["fill"] ?? ""
        guard SVGTag.isColour(fill) else { return nil }
        discs.append(AtomDisc(atom: tag.atom, x: x, y: y, fill: fill))
      case "path":
        guard let path = tag["d"].flatMap(SVGTag.compact), let ink = tag.ink else { return nil }
        // The band along a bond between two highlighted atoms; the discs say it already.
        if highlights.contains(ink.fill) || highlights.contains(ink.stroke) { continue }
        Self.add(path, ink, to: &layers)
      default: return nil
      }
    }
    guard let size, !layers.isEmpty || !discs.isEmpty else { return nil }
    (self.size, self.discs, self.layers) = (size, discs, layers)
  }

  /// Adds a path to the layer of its ink; a line that goes on from the last one's end is joined.
  private static func add(_ path: String, _ ink: Ink, to layers: inout [Layer]) {
    let isLetter: (UInt8) -> Bool = { $0 >= UInt8(ascii: "A") }
    let points = path.utf8.split(omittingEmptySubsequences: true, whereSeparator: isLetter)
    let isLine = ink.fill == "none" && path.utf8.last.map(isLetter) == false
    let end = isLine ? points.last.map(String.init) ?? nil : nil
    guard let index = layers.firstIndex(where: { $0.ink == ink }) else {
      layers.append(Layer(ink: ink, path: path, end: end))
      return
    }
    if let start = points.first, let last = layers[index].end, start.elementsEqual(last.utf8) {
      layers[index].path += path.dropFirst(1 + start.count)
    } else {
      layers[index].path += path
    }
    layers[index].end = end
  }
}
