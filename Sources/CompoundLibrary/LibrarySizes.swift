import Fingerprints

/// How many bytes a library takes, part by part.
public struct LibrarySizes: Hashable, Sendable {
  /// One part of all segments.
  public struct Part: Hashable, Sendable {
    /// Its name, as in the header of a segment; `tombstones` and `padding` are of no segment.
    public let name: String
    /// Its bytes in all segments.
    public let bytes: Int
    /// Whether a similarity search reads it.
    public let isSearched: Bool
  }

  /// The parts in the order they have in a segment.
  public let parts: [Part]
  /// Compounds that count.
  public let compounds: Int

  /// The bytes of all files that hold compounds.
  public var total: Int { parts.reduce(0) { $0 + $1.bytes } }
  /// The bytes that a similarity search needs: fingerprints by row and by bit, and identifiers.
  public var searched: Int { parts.reduce(0) { $0 + ($1.isSearched ? $1.bytes : 0) } }

  /// Bytes for each compound that counts; nil for an empty library.
  public func perCompound(_ bytes: Int) -> Double? {
    compounds > 0 ? Double(bytes) / Double(compounds) : nil
  }
}

extension Library {
  /// How many bytes the library takes.
  public var sizes: LibrarySizes {
    var bytes: [SegmentHeader.Section: Int] = [:]
    var padding = 0
    for segment in segments {
      padding += segment.bytes.count
      for (section, extent) in segment.header.sections {
        bytes[section, default: 0] += extent.length
        padding -= extent.length
      }
    }
    var parts = SegmentHeader.Section.allCases.compactMap { section in
      bytes[section].map {
        LibrarySizes.Part(name: section.rawValue, bytes: $0, isSearched: section.isSearched)
      }
    }
    let tombstones = deletedCount == 0 ? 0 : (rows + 63) / 64 * 8
    parts.append(.init(name: "tombstones", bytes: tombstones, isSearched: true))
    parts.append(.init(name: "padding", bytes: padding, isSearched: true))
    return LibrarySizes(parts: parts, compounds: count)
  }
}
