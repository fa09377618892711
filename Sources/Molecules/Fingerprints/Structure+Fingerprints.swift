extension Structure {
  /// The fingerprint's bits: bit i stands in word i / 64 at place i % 64.
  public func fingerprintWords(
    _ algorithm: FingerprintAlgorithm
  ) throws(MoleculeError) -> [UInt64] {
    try handle.fingerprintWords(algorithm)
  }

  /// How often each feature occurs, folded to the algorithm's width, in ascending order of id.
  ///
  /// MACCS keys have no counts: asking for them throws.
  public func fingerprintCounts(
    _ algorithm: FingerprintAlgorithm
  ) throws(MoleculeError) -> [(UInt32, UInt32)] {
    try handle.fingerprintCounts(algorithm, folded: true)
  }

  /// How often each circular environment occurs, by its full 32-bit id, in ascending order of id.
  public func morganCounts(
    radius: Int, features: Bool = false
  ) throws(MoleculeError) -> [(UInt32, UInt32)] {
    let algorithm: FingerprintAlgorithm =
      features ? .featureMorgan(radius: radius, bits: 64) : .morgan(radius: radius, bits: 64)
    return try handle.fingerprintCounts(algorithm, folded: false)
  }

  /// The extended reduced graph (ErG), Stiefl and colleagues 2006: 315 values, 15 distances × 21 pairs.
  ///
  /// Value `15 × pair + distance − 1`, the layout of RDKit 2026; the pairs run over the features
  /// donor, acceptor, positive, negative, hydrophobic, aromatic.
  public func erg() throws(MoleculeError) -> [Double] {
    try handle.erg()
  }
}
