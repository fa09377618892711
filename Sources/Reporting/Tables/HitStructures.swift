import Molecules
public import Records
public import Screening

/// The hits as structures with data: `hits.sdf`.
public enum HitStructures {
  /// The data items of one hit: what `hits.csv` holds, under the same names.
  public static func properties(_ hit: Hit, endpoint: String) -> [(name: String, value: String)] {
    zip(HitTable.header(endpoint: endpoint), HitTable.row(hit)).map { (name: $0, value: $1) }
  }

  /// Writes all hits, in their order; the file appears only when it is whole.
  ///
  /// - Parameter molBlock: The mol block of a hit; when it throws, nothing is published.
  public static func write(
    _ hits: [Hit], endpoint: String, to destination: OutputDestination,
    molBlock: (Hit) throws -> String
  ) throws {
    let writer = try SDFWriter(to: destination)
    for hit in hits {
      try writer.write(
        molBlock: try molBlock(hit), title: hit.id, properties: properties(hit, endpoint: endpoint))
    }
    try writer.finish()
  }
}
