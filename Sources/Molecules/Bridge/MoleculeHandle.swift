// The folder Bridge holds every line of this room that touches the C ABI's pointers.
internal import CRDKit

/// Owns one molecule of the C ABI.
@safe
struct MoleculeHandle: ~Copyable, Sendable {
  // The C side locks the molecule during each call, so the pointer may travel between threads.
  nonisolated(unsafe) let pointer: OpaquePointer

  init(smiles: String, limits: StructureLimits) throws(MoleculeError) {
    unsafe pointer = try Toolkit.parse(
      smiles, bytes: limits.smilesBytes, limits, crdkit_parse_smiles)
  }

  init(molBlock: String, limits: StructureLimits) throws(MoleculeError) {
    unsafe pointer = try Toolkit.parse(
      molBlock, bytes: limits.molBlockBytes, limits, crdkit_parse_molblock)
  }

  private init(owning pointer: OpaquePointer) {
    unsafe self.pointer = pointer
  }

  deinit {
    unsafe crdkit_molecule_destroy(pointer)
  }

  var heavyAtomCount: Int { unsafe Int(crdkit_heavy_atom_count(pointer)) }

  var atomCount: Int { unsafe Int(crdkit_atom_count(pointer)) }

  func canonicalSMILES() throws(MoleculeError) -> String {
    try unsafe Toolkit.text { text, failure in
      unsafe crdkit_canonical_smiles(pointer, text, failure)
    }
  }

  func scaffoldSMILES() throws(MoleculeError) -> String {
    try unsafe Toolkit.text { text, failure in
      unsafe crdkit_scaffold_smiles(pointer, text, failure)
    }
  }

  func standardized(by standardizer: Standardizer) throws(MoleculeError) -> MoleculeHandle {
    let tautomers = standardizer.tautomers ?? .init()
    let steps = crdkit_standardization(
      cleanup: standardizer.cleansUp, largest_fragment: standardizer.keepsLargestFragment,
      uncharge: standardizer.uncharges, canonical_tautomer: standardizer.tautomers != nil,
      max_tautomers: UInt32(clamping: tautomers.tautomers),
      max_transforms: UInt32(clamping: tautomers.transforms), seconds: tautomers.seconds)
    var standard: OpaquePointer?
    try unsafe Toolkit.call(seconds: tautomers.seconds) { failure in
      unsafe crdkit_standardize(pointer, steps, &standard, failure)
    }
    return unsafe MoleculeHandle(owning: try Toolkit.result(standard))
  }

  func masking(atom: Int) throws(MoleculeError) -> MoleculeHandle {
    var masked: OpaquePointer?
    try unsafe Toolkit.call { failure in
      unsafe crdkit_mask_atom(pointer, UInt32(clamping: atom), &masked, failure)
    }
    return unsafe MoleculeHandle(owning: try Toolkit.result(masked))
  }

  func descriptors() throws(MoleculeError) -> Descriptors {
    var values = crdkit_descriptors()
    let formula = try unsafe Toolkit.text { text, failure in
      unsafe crdkit_describe(pointer, &values, text, failure)
    }
    return Descriptors(
      molWt: values.weight, exactMolWt: values.exact_weight, logP: values.log_p,
      molarRefractivity: values.molar_refractivity, tpsa: values.tpsa, donors: Int(values.donors),
      acceptors: Int(values.acceptors), rotatableBonds: Int(values.rotatable_bonds),
      fractionCSP3: values.fraction_csp3, heavyAtoms: Int(values.heavy_atoms),
      rings: Int(values.rings), aromaticRings: Int(values.aromatic_rings),
      stereocentres: Int(values.stereocentres), labuteASA: values.labute_asa,
      formalCharge: Int(values.formal_charge), formula: formula)
  }

  func fingerprintWords(_ algorithm: FingerprintAlgorithm) throws(MoleculeError) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: algorithm.wordCount)
    try unsafe Toolkit.call { failure in
      unsafe words.withUnsafeMutableBufferPointer { buffer in
        unsafe crdkit_fingerprint_words(
          pointer, algorithm.settings, buffer.baseAddress, buffer.count, failure)
      }
    }
    return words
  }

  func fingerprintCounts(
    _ algorithm: FingerprintAlgorithm, folded: Bool
  ) throws(MoleculeError) -> [(UInt32, UInt32)] {
    var settings = algorithm.settings
    if !folded { settings.bits = 0 }
    var features = unsafe crdkit_features()
    try unsafe Toolkit.call { failure in
      unsafe crdkit_fingerprint_counts(pointer, settings, &features, failure)
    }
    defer { unsafe crdkit_features_release(features) }
    return unsafe UnsafeBufferPointer(start: features.items, count: features.count)
      .map { ($0.id, $0.count) }
  }
}

extension FingerprintAlgorithm {
  /// The settings as the C ABI takes them.
  var settings: crdkit_fingerprint {
    let (kind, radius): (crdkit_fingerprint_kind, Int) =
      switch self {
      case .morgan(let radius, _): (CRDKIT_MORGAN, radius)
      case .featureMorgan(let radius, _): (CRDKIT_FEATURE_MORGAN, radius)
      case .maccs: (CRDKIT_MACCS, 0)
      case .atomPair: (CRDKIT_ATOM_PAIR, 0)
      case .topologicalTorsion: (CRDKIT_TORSION, 0)
      case .rdkitPath: (CRDKIT_RDKIT_PATH, 0)
      }
    precondition(bitCount > 0 && radius >= 0, "a fingerprint needs a width and a radius")
    return crdkit_fingerprint(
      kind: kind, bits: UInt32(clamping: bitCount), radius: UInt32(clamping: radius))
  }
}
