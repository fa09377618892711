/// Why two towers cannot be trained or asked.
public enum AffinityFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// No column names the proteins.
  case noProteinColumn(String?, found: [String])
  /// Too few usable pairs.
  case tooFew(pairs: Int, needed: Int)

  /// One line for a reader.
  public var description: String {
    switch self {
    case .noProteinColumn(let name, let found):
      "no column \(name ?? "of proteins such as protein_id"); the table has "
        + "\(found.prefix(12).joined(separator: ", ")) (name one with --protein-column)"
    case .tooFew(let pairs, let needed):
      "only \(pairs) pairs of a compound and a protein could be used, at least \(needed) are needed"
    }
  }
}
