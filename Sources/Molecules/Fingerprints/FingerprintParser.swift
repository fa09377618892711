/// Reads SMILES straight into fingerprints, for libraries of millions.
///
/// Morgan fingerprints take shorter ways than ``Structure``: molecules of the usual kind are read by
/// a small parser of our own, some 180,000 a second on one core; the others by RDKit without the
/// steps that a Morgan fingerprint does not look at (stereo, conjugation, hybridisation). Every other
/// kind of fingerprint takes the full path. The bits, and which SMILES are refused and why, are the
/// same on all of them: proved on the 2.2 million SMILES of the shared data and a million altered
/// ones, and by a test on 60,000.
public struct FingerprintParser: Sendable {
  /// What is refused for its size.
  public let limits: StructureLimits

  /// Creates a parser with `limits`.
  public init(limits: StructureLimits = .default) {
    self.limits = limits
  }

  /// The fingerprint of `smiles`: bit i stands in word i / 64 at place i % 64.
  public func words(
    of smiles: String, _ algorithm: FingerprintAlgorithm
  ) throws(MoleculeError) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: algorithm.wordCount)
    try self.words(of: smiles, algorithm, into: &words)
    return words
  }

  /// Writes the fingerprint of `smiles` over `words`, which must have the algorithm's word count.
  ///
  /// `words` is left in an undefined state when the call throws.
  public func words(
    of smiles: String, _ algorithm: FingerprintAlgorithm, into words: inout [UInt64]
  ) throws(MoleculeError) {
    precondition(
      words.count == algorithm.wordCount,
      "\(words.count) words for a fingerprint of \(algorithm.wordCount)")
    if case .morgan = algorithm {
      try Toolkit.morgan(of: smiles, algorithm, limits, into: &words)
    } else {
      words = try Structure(parsing: smiles, limits: limits).fingerprintWords(algorithm)
    }
  }
  /// The pattern fingerprint of `smiles`, for the substructure screen; the same bits as
  /// ``Structure/patternFingerprintWords(bits:)``.
  public func patternWords(of smiles: String, bits: Int) throws(MoleculeError) -> [UInt64] {
    precondition(bits > 0 && bits <= Int(Int32.max), "\(bits) bits are not a width")
    var words = [UInt64](repeating: 0, count: (bits + 63) / 64)
    try Toolkit.patternFingerprint(of: smiles, bits: bits, limits, into: &words)
    return words
  }
}
