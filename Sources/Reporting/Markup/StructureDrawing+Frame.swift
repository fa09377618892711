extension StructureDrawing {
  /// A rectangle in the drawing's units.
  struct Frame: Hashable {
    var x: Double
    var y: Double
    var width: Double
    var height: Double
  }

  /// The part of the drawing worth showing.
  ///
  /// RDKit leaves a third of the box empty around a long molecule. The frame closes in on the lines,
  /// but by no more than two fifths, so that a small molecule does not look like a giant.
  var frame: Frame {
    let margin = 8.0
    let xs =
      layers.flatMap { Self.coordinates(of: $0.path, from: 0) } + discs.compactMap { Double($0.x) }
    let ys =
      layers.flatMap { Self.coordinates(of: $0.path, from: 1) } + discs.compactMap { Double($0.y) }
    guard let left = xs.min(), let right = xs.max(), let top = ys.min(), let bottom = ys.max()
    else { return Frame(x: 0, y: 0, width: size.width, height: size.height) }
    let width = max(right - left + 2 * margin, size.width * 0.6)
    let height = max(bottom - top + 2 * margin, size.height * 0.6)
    return Frame(
      x: (left + right - width) / 2, y: (top + bottom - height) / 2, width: width, height: height)
  }

  // Every command of a compact path takes pairs, so numbers alternate between x and y.
  private static func coordinates(of path: String, from first: Int) -> [Double] {
    let numbers = path.utf8.split { $0 == UInt8(ascii: " ") || $0 >= UInt8(ascii: "A") }
    return stride(from: first, to: numbers.count, by: 2).compactMap {
      Double(String(decoding: numbers[$0], as: UTF8.self))
    }
  }
}
