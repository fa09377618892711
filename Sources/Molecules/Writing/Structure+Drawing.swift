extension Structure {
  /// The structure as an `<svg>` element, `width` × `height` pixels, with atoms highlighted.
  ///
  /// The same structure gives the same text. Structures of more than 400 atoms are refused.
  public func drawing(
    width: Int, height: Int, highlighting atoms: [Int] = []
  ) throws(MoleculeError) -> String {
    precondition(width > 0 && height > 0, "a drawing of \(width) × \(height) pixels")
    return try handle.drawing(width: width, height: height, highlighting: atoms)
  }
}
