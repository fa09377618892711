public import Entities

/// One chain of a file of sequences, not yet looked at.
public struct SequenceRecord: Hashable, Sendable {
  /// The line where it begins, counted from 1.
  public let line: Int
  /// What it is called: the identifier, then other names such as a gene's symbol.
  public let names: [String]
  /// The letters.
  public let letters: String

  /// The identifier.
  public var id: String { names[0] }
}

/// What a reader finds at the place of a sequence.
public enum ReadSequence: Hashable, Sendable {
  /// A readable one.
  case record(SequenceRecord)
  /// One that cannot be used.
  case refused(RefusedRecord)
}

extension SequenceRecord {
  /// The names in the head of a FASTA entry, without its `>`.
  ///
  /// Of UniProt's `sp|P00533|EGFR_HUMAN … GN=EGFR` the accession is the identifier, and the entry's
  /// name and the gene's symbol are other names; otherwise the first word is the identifier.
  static func names(ofHead head: String) -> [String] {
    let words = head.split(whereSeparator: \.isWhitespace).map(String.init)
    guard let first = words.first else { return [] }
    let parts = first.split(separator: "|").map(String.init)
    let isUniProt = parts.count == 3 && ["sp", "tr"].contains(parts[0])
    let genes = words.dropFirst().filter { $0.hasPrefix("GN=") && $0.count > 3 }
      .map { String($0.dropFirst(3)) }
    return (isUniProt ? [parts[1], parts[2], first] : [first]) + genes
  }
}
