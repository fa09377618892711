internal import CRDKit

/// Owns one query of the C ABI, which gives every thread that uses it a query of its own.
@safe
final class PatternHandle: Sendable {
  fileprivate nonisolated(unsafe) let pointer: OpaquePointer

  init(smarts: String, limits: PatternLimits) throws(MoleculeError) {
    var pattern: OpaquePointer?
    let bounds = StructureLimits(atoms: limits.atoms)
    try unsafe Toolkit.read(smarts, bytes: limits.bytes, bounds) {
      characters, count, bounds, failure in
      unsafe crdkit_pattern_parse(characters, count, bounds.atoms, &pattern, failure)
    }
    unsafe pointer = try Toolkit.result(pattern)
  }

  deinit { unsafe crdkit_pattern_destroy(pointer) }

  /// Whether the pattern occurs in `smiles`, by the shorter parse.
  func outcome(
    in smiles: String, steps: UInt64, limits: StructureLimits
  ) throws(MoleculeError) -> MatchOutcome {
    var outcome = CRDKIT_UNDECIDED
    try unsafe Toolkit.read(smiles, bytes: limits.smilesBytes, limits) {
      characters, count, bounds, failure in
      unsafe crdkit_smiles_has_match(
        characters, count, bounds, pointer, steps, &outcome, failure)
    }
    return MatchOutcome(outcome)
  }

  func patternFingerprintWords(bits: Int) throws(MoleculeError) -> [UInt64] {
    try unsafe Toolkit.words(bits: bits) { words, failure in
      unsafe crdkit_query_pattern_fingerprint(
        pointer, UInt32(bits), words.baseAddress, words.count, failure)
    }
  }
}

/// Owns one catalogue of the C ABI; only read after it was made, so any thread may use it.
@safe
final class AlertHandle: Sendable {
  fileprivate nonisolated(unsafe) let pointer: OpaquePointer

  init(_ source: AlertCatalog.Source) throws(MoleculeError) {
    let list =
      switch source {
      case .pains: CRDKIT_PAINS
      case .brenk: CRDKIT_BRENK
      case .nih: CRDKIT_NIH
      }
    var alerts: OpaquePointer?
    try unsafe Toolkit.call { failure in unsafe crdkit_alerts_create(list, &alerts, failure) }
    unsafe pointer = try Toolkit.result(alerts)
  }

  deinit { unsafe crdkit_alerts_destroy(pointer) }

  var count: Int { unsafe Int(crdkit_alerts_count(pointer)) }

  func names() throws(MoleculeError) -> [String] {
    var names: [String] = []
    for index in 0..<count {
      names.append(
        try unsafe Toolkit.text { text, failure in
          unsafe crdkit_alerts_name(pointer, UInt32(index), text, failure)
        })
    }
    return names
  }
}

extension MoleculeHandle {
  func outcome(of pattern: PatternHandle, steps: UInt64) throws(MoleculeError) -> MatchOutcome {
    var outcome = CRDKIT_UNDECIDED
    try unsafe Toolkit.call { failure in
      unsafe crdkit_has_match(pointer, pattern.pointer, steps, &outcome, failure)
    }
    return MatchOutcome(outcome)
  }

  func patternFingerprintWords(
    bits: Int, byToolkit: Bool = false
  ) throws(MoleculeError) -> [UInt64] {
    let maker =
      unsafe byToolkit ? crdkit_rdkit_pattern_fingerprint : crdkit_pattern_fingerprint
    return try unsafe Toolkit.words(bits: bits) { words, failure in
      unsafe maker(pointer, UInt32(bits), words.baseAddress, words.count, failure)
    }
  }

  func atoms(
    matching pattern: PatternHandle, limit: Int, steps: UInt64
  ) throws(MoleculeError) -> [[Int]] {
    var matches = unsafe crdkit_matches()
    try unsafe Toolkit.call { failure in
      unsafe crdkit_find_matches(
        pointer, pattern.pointer, UInt32(clamping: limit), steps, &matches, failure)
    }
    defer { unsafe crdkit_matches_release(matches) }
    let width = unsafe matches.width
    let count = unsafe matches.count
    let atoms = unsafe UnsafeBufferPointer(start: matches.atoms, count: width * count).map(Int.init)
    return (0..<count).map { Array(atoms[($0 * width)..<(($0 + 1) * width)]) }
  }

  /// The places in the catalogue of the alerts that match.
  func alerts(
    in catalog: AlertHandle, isPrefiltered: Bool
  ) throws(MoleculeError) -> [Int] {
    var found = [UInt32](repeating: 0, count: catalog.count)
    var count: UInt32 = 0
    try unsafe Toolkit.call { failure in
      unsafe found.withUnsafeMutableBufferPointer { buffer in
        unsafe crdkit_alerts_match(
          pointer, catalog.pointer, isPrefiltered, buffer.baseAddress, &count, failure)
      }
    }
    return found.prefix(Int(count)).map(Int.init)
  }
}

extension MatchOutcome {
  fileprivate init(_ outcome: crdkit_outcome) {
    self =
      switch outcome {
      case CRDKIT_PRESENT: .present
      case CRDKIT_ABSENT: .absent
      default: .undecided
      }
  }
}
