import Foundation

/// Accessions of UniProt.
enum Accession {
  /// The accession in a text, without the number of an isoform; nil for another text.
  ///
  /// UniProt, *Accession numbers*: six characters, or ten.
  static func reading(_ text: String) -> String? {
    let text = text.trimmingCharacters(in: .whitespaces)
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let first = parts.first, parts.count < 3 else { return nil }
    if parts.count == 2, Int(parts[1]) == nil { return nil }
    return isAccession(Array(first.utf8)) ? String(first) : nil
  }

  /// The texts between `;`, `,`, `|` and blanks.
  static func parts(_ text: String) -> [String] {
    text.split { ";,| \t".contains($0) }.map(String.init)
  }

  private static func isAccession(_ bytes: [UInt8]) -> Bool {
    guard bytes.count == 6 || bytes.count == 10, isLetter(bytes[0]), isDigit(bytes[1]) else {
      return false
    }
    if bytes.count == 6, "OPQ".utf8.contains(bytes[0]) {
      return bytes[2...4].allSatisfy(isEither) && isDigit(bytes[5])
    }
    guard !"OPQ".utf8.contains(bytes[0]) else { return false }
    return stride(from: 2, to: bytes.count, by: 4).allSatisfy { place in
      isLetter(bytes[place]) && isEither(bytes[place + 1]) && isEither(bytes[place + 2])
        && isDigit(bytes[place + 3])
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
  private static func isEither(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }
}
