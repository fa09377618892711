extension Structure {
  /// The pattern fingerprint: which small pieces the molecule holds, to screen for substructures.
  ///
  /// Bit i stands in word i / 64 at place i % 64.
  ///
  /// The bits are those of RDKit's `PatternFingerprint` of the same width, in about a fifteenth
  /// of its time. A cage with more than two million pieces gets every bit, so that it is always a
  /// candidate.
  public func patternFingerprintWords(bits: Int) throws(MoleculeError) -> [UInt64] {
    try handle.patternFingerprintWords(bits: bits)
  }

  /// The same by RDKit's own function, so that a test can prove the bits right.
  func patternFingerprintWordsByToolkit(bits: Int) throws(MoleculeError) -> [UInt64] {
    try handle.patternFingerprintWords(bits: bits, byToolkit: true)
  }
}

extension SubstructurePattern {
  /// The bits that every molecule with a match has: one that lacks any of them need not be searched.
  ///
  /// A bit is set only for what the query implies, whatever stands in its place in the molecule: the
  /// element of `[C;H2]` but none of `[C,N]`, the bond of `C-N` but not of `cn`. What a recursive part
  /// `$(…)` implies counts too. RDKit's own fingerprint of a query goes by what its parser left in
  /// the atoms and hides true matches of some queries; this one hides none.
  public func patternFingerprintWords(bits: Int) throws(MoleculeError) -> [UInt64] {
    try handle.patternFingerprintWords(bits: bits)
  }
}
