/// The chain of a protein, in letters of one residue each.
public struct ProteinSequence: Hashable, Sendable {
  /// The letters, upper case.
  public let letters: String
  let codes: [UInt8]

  /// The longest chain that is taken; titin, the longest human one, has 34,350 residues.
  public static let longest = 40_000

  /// Why a text is no sequence.
  public enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
    /// It has fewer than three residues.
    case tooShort
    /// It has more residues than ``ProteinSequence/longest``.
    case tooLong(Int)
    /// A character is no residue's.
    case unknownLetter(Character)

    /// The fault in words.
    public var description: String {
      switch self {
      case .tooShort: "the sequence has fewer than three residues"
      case .tooLong(let count):
        "the sequence has \(count) residues, more than \(ProteinSequence.longest)"
      case .unknownLetter(let letter): "the sequence holds \(letter), which is no residue"
      }
    }
  }

  /// Reads a chain; white space and a star at the end, as FASTA has them, are passed over.
  ///
  /// The twenty residues, selenocysteine U and pyrrolysine O, and B, J, X, Z for what is not known.
  public init(_ text: some StringProtocol) throws(Fault) {
    var codes: [UInt8] = []
    var letters = ""
    for character in text.uppercased() where !character.isWhitespace && character != "*" {
      guard let code = Self.code[character] else { throw .unknownLetter(character) }
      guard codes.count < Self.longest else { throw .tooLong(text.count) }
      codes.append(code)
      letters.append(character)
    }
    guard codes.count >= 3 else { throw .tooShort }
    self.codes = codes
    self.letters = letters
  }

  private static let code = Dictionary(
    uniqueKeysWithValues: "ACDEFGHIKLMNPQRSTVWYUOBJXZ".enumerated().map {
      ($0.element, UInt8($0.offset))
    })
}
