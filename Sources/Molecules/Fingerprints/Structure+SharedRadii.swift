extension Structure {
  /// For every atom, how wide the surroundings are that it has in common with a Morgan fingerprint:
  /// the greatest radius, in bonds, of the circular environments that hold the atom and whose bit is
  /// set; 0 where there is none.
  ///
  /// An environment of the atom alone does not count, since nearly every molecule shares it. Folding
  /// can let two different environments meet in one bit, rarely.
  /// - Parameter words: a fingerprint of `algorithm`, which must be Morgan.
  public func sharedRadii(
    with words: [UInt64], _ algorithm: FingerprintAlgorithm
  ) throws(MoleculeError) -> [Int] {
    guard case .morgan(let radius, let bits) = algorithm else {
      throw .failed("only Morgan fingerprints name their atoms")
    }
    return try handle.sharedRadii(radius: radius, bits: bits, words: words)
  }
}
