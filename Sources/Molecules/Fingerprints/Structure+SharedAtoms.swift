extension Structure {
  /// The atoms that stand in a circular environment which a Morgan fingerprint has too, ascending:
  /// what this structure has in common with another one, as the fingerprint sees it.
  ///
  /// Environments of a single atom do not count, since nearly every molecule shares them. Folding
  /// can let two different environments meet in one bit, rarely.
  /// - Parameter words: a fingerprint of `algorithm`, which must be Morgan.
  public func atoms(
    sharedWith words: [UInt64], _ algorithm: FingerprintAlgorithm
  ) throws(MoleculeError) -> [Int] {
    guard case .morgan(let radius, let bits) = algorithm else {
      throw .failed("only Morgan fingerprints name their atoms")
    }
    return try handle.sharedAtoms(radius: radius, bits: bits, words: words)
  }
}
