public import Featurization
public import Molecules

/// What decides the contents of a library, apart from its inputs.
public struct LibraryOptions: Codable, Hashable, Sendable {
  /// The fingerprint stored for every compound.
  public var fingerprint: FingerprintAlgorithm
  /// How a raw structure becomes a compound.
  public var preparation: CompoundPreparation
  /// Keeps compounds that repeat a structure under another identifier.
  public var keepsDuplicateStructures: Bool
  /// The most records to read from the inputs together; nil for all.
  public var recordLimit: Int?
  /// Rows in a segment as a build or an addition writes it; compaction puts up to sixteen together.
  public var segmentRows: Int

  /// The width of the pattern fingerprints; nil when there are none.
  private(set) var patternBits: Int?

  /// Whether pattern fingerprints are stored too, so that few structures need be searched for a
  /// substructure.
  ///
  /// They cost time in the build and some 262 bytes a compound.
  public var substructureScreen: Bool {
    get { patternBits != nil }
    set { patternBits = newValue ? 2_048 : nil }
  }

  /// Bits a row takes in a segment: whole words.
  var storedBits: Int { fingerprint.wordCount * 64 }
  /// How many segments are put together in a compacted one.
  static let segmentsInCompacted = 16
  /// The most rows in a compacted segment: 1,048,576 by default.
  var compactedRows: Int { segmentRows * Self.segmentsInCompacted }

  /// Creates options; the defaults suit screening with ECFP4.
  public init(
    fingerprint: FingerprintAlgorithm = .morgan(radius: 2, bits: 2048),
    preparation: CompoundPreparation = CompoundPreparation(),
    keepsDuplicateStructures: Bool = false, recordLimit: Int? = nil,
    segmentRows: Int = 65_536, substructureScreen: Bool = false
  ) {
    self.fingerprint = fingerprint
    self.preparation = preparation
    self.keepsDuplicateStructures = keepsDuplicateStructures
    self.recordLimit = recordLimit
    self.segmentRows = segmentRows
    self.substructureScreen = substructureScreen
  }
}
