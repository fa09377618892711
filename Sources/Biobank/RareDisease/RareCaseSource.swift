public import Provenance

/// Where cases of rare diseases come from.
public protocol RareCaseSource: Sendable {
  /// The cases, in the order of their file.
  var cases: [RareCase] { get }
  /// What was not taken, by reason.
  var refused: [String: Int] { get }
  /// The digest of each file, or of all files of a folder.
  var digests: [String: Digest] { get }
}

extension RareCaseTables: RareCaseSource {}
