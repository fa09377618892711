public import Entities

/// Why a structure could not be read, or a computation on it could not be done.
public enum MoleculeError: Error, Hashable, Codable, Sendable {
  /// The text is no structure; the payload is the toolkit's reason.
  case unreadable(String)
  /// An atom has an impossible valence; atoms count from 0 in the order of the input.
  case valence(atom: Int, String)
  /// An aromatic system has no alternating single and double bonds.
  case kekulization(String)
  /// There is no atom.
  case empty
  /// There are more atoms than the limit.
  case tooLarge(atoms: Int, limit: Int)
  /// There are more independent cycles than the limit.
  case tooManyRings(Int, limit: Int)
  /// The text has more bytes than the limit.
  case tooLong(bytes: Int, limit: Int)
  /// The text holds a NUL byte.
  case notText
  /// The work would take too long or too much memory; the payload says why.
  case tooComplex(String)
  /// The time limit was reached.
  case timedOut(seconds: Double)
  /// The toolkit failed in a way that this list does not name.
  case failed(String)
}

extension MoleculeError: CustomStringConvertible {
  /// The reason as a sentence for a reader.
  public var description: String {
    switch self {
    case .unreadable(let why): "not a readable structure: \(why)"
    case .valence(let atom, let why): "impossible valence of atom \(atom): \(why)"
    case .kekulization(let why): "impossible aromatic system: \(why)"
    case .empty: "no atoms"
    case .tooLarge(let atoms, let limit): "\(atoms) atoms, the limit is \(limit)"
    case .tooManyRings(let rings, let limit): "\(rings) independent rings, the limit is \(limit)"
    case .tooLong(let bytes, let limit): "\(bytes) bytes, the limit is \(limit)"
    case .notText: "holds a NUL byte"
    case .tooComplex(let why): "too complex: \(why)"
    case .timedOut(let seconds): "took longer than \(seconds) s"
    case .failed(let why): "the toolkit failed: \(why)"
    }
  }

  /// The same reason in the words of a refused record.
  public var refusal: Refusal {
    switch self {
    case .empty: .empty
    case .tooLarge(let atoms, let limit): .tooLarge(atoms: atoms, limit: limit)
    case .tooLong(let bytes, let limit): .tooLong(bytes: bytes, limit: limit)
    case .notText: .notText
    case .timedOut(let seconds): .timedOut(seconds: seconds)
    case .unreadable, .valence, .kekulization, .tooManyRings, .tooComplex, .failed:
      .unreadable(description)
    }
  }
}
