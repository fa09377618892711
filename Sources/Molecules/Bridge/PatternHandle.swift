internal import CRDKit

/// Owns one query of the C ABI; only read after it was made, so any thread may use it.
@safe
final class PatternHandle: Sendable {
  fileprivate nonisolated(unsafe) let pointer: OpaquePointer

  init(smarts: String) throws(MoleculeError) {
    var pattern: OpaquePointer?
    try unsafe Toolkit.read(smarts, bytes: 10_000) { characters, count, _, failure in
      unsafe crdkit_pattern_parse(characters, count, &pattern, failure)
    }
    unsafe pointer = try Toolkit.result(pattern)
  }

  deinit { unsafe crdkit_pattern_destroy(pointer) }
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
  func matches(_ pattern: PatternHandle) throws(MoleculeError) -> Bool {
    var isFound = false
    try unsafe Toolkit.call { failure in
      unsafe crdkit_has_match(pointer, pattern.pointer, &isFound, failure)
    }
    return isFound
  }

  func atoms(
    matching pattern: PatternHandle, limit: Int
  ) throws(MoleculeError) -> [[Int]] {
    var matches = unsafe crdkit_matches()
    try unsafe Toolkit.call { failure in
      unsafe crdkit_find_matches(
        pointer, pattern.pointer, UInt32(clamping: limit), &matches, failure)
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
