internal import CRDKit

/// Calls of the C ABI turned into typed errors and Swift values.
enum Toolkit {
  typealias Failure = UnsafeMutablePointer<crdkit_failure>
  typealias Parser = (
    UnsafePointer<CChar>?, Int, crdkit_limits, UnsafeMutablePointer<OpaquePointer?>?, Failure?
  ) -> crdkit_status

  // RDKit fills some tables on first use without a lock. A static is initialised once, by one
  // thread, while the others wait: so every way into the toolkit asks for it first.
  private static let isWarm: Bool = crdkit_warm_up(nil) == CRDKIT_OK

  /// Runs `body`; a status other than success becomes an error.
  static func call(
    limits: StructureLimits = .default, seconds: Double = 0, _ body: (Failure) -> crdkit_status
  ) throws(MoleculeError) {
    guard isWarm else { throw .failed("RDKit did not start") }
    var failure = crdkit_failure()
    let status = unsafe body(&failure)
    if status != CRDKIT_OK { throw error(status, failure, limits, seconds) }
  }

  /// Runs `body` and takes over the text that it gives.
  static func text(
    _ body: (UnsafeMutablePointer<crdkit_text>, Failure) -> crdkit_status
  ) throws(MoleculeError) -> String {
    var text = unsafe crdkit_text()
    try unsafe call { failure in unsafe body(&text, failure) }
    defer { unsafe crdkit_text_release(text) }
    return unsafe String(
      decoding: UnsafeRawBufferPointer(start: text.bytes, count: text.count), as: UTF8.self)
  }

  /// The words of `bits` bits that `body` fills.
  static func words(
    bits: Int, _ body: (UnsafeMutableBufferPointer<UInt64>, Failure) -> crdkit_status
  ) throws(MoleculeError) -> [UInt64] {
    precondition(bits > 0 && bits <= Int(Int32.max), "\(bits) bits are not a width")
    var words = [UInt64](repeating: 0, count: (bits + 63) / 64)
    try unsafe words.withUnsafeMutableBufferPointer { buffer throws(MoleculeError) in
      try unsafe call { failure in unsafe body(buffer, failure) }
    }
    return words
  }

  /// Parses `text`, after the bounds that need no parser.
  static func parse(
    _ text: String, bytes limit: Int, _ limits: StructureLimits, _ parser: Parser
  ) throws(MoleculeError) -> OpaquePointer {
    var molecule: OpaquePointer?
    try unsafe read(text, bytes: limit, limits) { characters, count, bounds, failure in
      unsafe parser(characters, count, bounds, &molecule, failure)
    }
    return unsafe try result(molecule)
  }

  /// Writes the Morgan bits of `smiles` over `words`, on the reduced path.
  static func morgan(
    of smiles: String, _ algorithm: FingerprintAlgorithm, _ limits: StructureLimits,
    into words: inout [UInt64]
  ) throws(MoleculeError) {
    let settings = algorithm.settings
    try unsafe words.withUnsafeMutableBufferPointer { buffer throws(MoleculeError) in
      try unsafe read(smiles, bytes: limits.smilesBytes, limits) {
        characters, count, bounds, failure in
        unsafe crdkit_smiles_to_morgan(
          characters, count, bounds, settings, buffer.baseAddress, buffer.count, failure)
      }
    }
  }

  /// Writes the pattern fingerprint of `smiles` over `words`.
  static func patternFingerprint(
    of smiles: String, bits: Int, _ limits: StructureLimits, into words: inout [UInt64]
  ) throws(MoleculeError) {
    try unsafe words.withUnsafeMutableBufferPointer { buffer throws(MoleculeError) in
      try unsafe read(smiles, bytes: limits.smilesBytes, limits) {
        characters, count, bounds, failure in
        unsafe crdkit_smiles_to_pattern_fingerprint(
          characters, count, bounds, UInt32(bits), buffer.baseAddress, buffer.count, failure)
      }
    }
  }

  /// Hands the bytes of `text` to `reader`, after the bounds that need no parser.
  static func read(
    _ text: String, bytes limit: Int, _ limits: StructureLimits = .default,
    _ reader: (UnsafePointer<CChar>?, Int, crdkit_limits, Failure) -> crdkit_status
  ) throws(MoleculeError) {
    var text = text
    let bytes = text.utf8.count
    guard bytes <= limit else { throw .tooLong(bytes: bytes, limit: limit) }
    guard !text.utf8.contains(0) else { throw .notText }
    try unsafe call(limits: limits) { failure in
      let bounds = crdkit_limits(
        atoms: UInt32(clamping: limits.atoms), rings: UInt32(clamping: limits.rings))
      return text.withUTF8 { buffer in
        unsafe buffer.withMemoryRebound(to: CChar.self) { characters in
          unsafe reader(characters.baseAddress, characters.count, bounds, failure)
        }
      }
    }
  }

  /// The pointer of a successful call.
  static func result(_ pointer: OpaquePointer?) throws(MoleculeError) -> OpaquePointer {
    guard let pointer = unsafe pointer else { throw .failed("no result") }
    return unsafe pointer
  }

  private static func error(
    _ status: crdkit_status, _ failure: crdkit_failure, _ limits: StructureLimits, _ seconds: Double
  ) -> MoleculeError {
    let number = Int(failure.number)
    let why = unsafe withUnsafeBytes(of: failure.text) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return switch status {
    case CRDKIT_UNREADABLE: .unreadable(why)
    case CRDKIT_VALENCE: .valence(atom: number, why)
    case CRDKIT_KEKULIZE: .kekulization(why)
    case CRDKIT_EMPTY: .empty
    case CRDKIT_TOO_MANY_ATOMS: .tooLarge(atoms: number, limit: limits.atoms)
    case CRDKIT_TOO_MANY_RINGS: .tooManyRings(number, limit: limits.rings)
    case CRDKIT_TOO_COMPLEX: .tooComplex(why)
    case CRDKIT_TIMED_OUT: .timedOut(seconds: seconds)
    default: .failed(why)
    }
  }
}
