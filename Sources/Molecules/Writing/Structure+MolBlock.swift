extension Structure {
  /// A whole SDF record: title, mol block with 2D coordinates, data items, and the end mark `$$$$`.
  ///
  /// Line breaks in names and values would end an item early, so they become spaces.
  public func molBlock(
    named name: String, properties: [(name: String, value: String)] = []
  ) throws(MoleculeError) -> String {
    var record = try handle.molBlock(title: Self.oneLine(name))
    for property in properties {
      let name = Self.oneLine(property.name).filter { $0 != "<" && $0 != ">" }
      record += ">  <\(name)>\n\(Self.oneLine(property.value))\n\n"
    }
    return record + "$$$$\n"
  }

  private static func oneLine(_ text: String) -> String {
    String(text.map { $0.isNewline || $0 == "\0" ? " " : $0 })
  }
}
