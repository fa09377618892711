internal import Foundation

/// Genotypes in PLINK 1's three files, read once from front to back.
///
/// For scans of a whole genome: memory grows with the people, never with the variants, and a file that is
/// cut while it is read is an error and not a crash.
public struct GenotypeStream {
  /// Variants that follow one another, with their packed genotypes.
  struct Block: Sendable {
    let variants: [PlinkFiles.Variant]
    /// `(people + 3) / 4` bytes for each variant.
    let packed: [UInt8]
  }

  /// The people, in the order of the file.
  public let people: [PlinkFiles.Person]
  /// How many variants the files have.
  public let variants: Int
  /// The chromosomes they lie on.
  public let chromosomes: Chromosomes
  private let path: String
  private let bed: FileHandle
  private var rows: VariantRows
  private let stride: Int

  /// Opens `prefix.bed`, `.bim` and `.fam`, and sees that they belong together.
  public init(prefix: String) throws(BiobankError) {
    people = try PlinkFiles.people(prefix + ".fam")
    stride = (people.count + 3) / 4
    path = prefix + ".bed"
    (variants, chromosomes) = try VariantRows.survey(path: prefix + ".bim")
    rows = try VariantRows(path: prefix + ".bim")
    guard let bed = FileHandle(forReadingAtPath: path) else {
      throw .genotypes(path, "cannot be read")
    }
    self.bed = bed
    do {
      let magic = try bed.read(upToCount: PlinkFiles.header) ?? Data()
      let size = try bed.seekToEnd()
      try bed.seek(toOffset: UInt64(PlinkFiles.header))
      try PlinkFiles.check(
        path, magic: Array(magic), bytes: Int(size), variants: variants, people: people.count)
    } catch let error as BiobankError {
      throw error
    } catch { throw .genotypes(path, "cannot be read: \(error.localizedDescription)") }
  }

  /// The next variants, at most `count` and all of one chromosome; nil at the end.
  mutating func next(_ count: Int) throws(BiobankError) -> Block? {
    var found: [PlinkFiles.Variant] = []
    while found.count < count {
      guard let variant = try take() else { break }
      if let first = found.first, first.chromosome != variant.chromosome {
        ahead = variant
        break
      }
      found.append(variant)
    }
    guard !found.isEmpty else { return nil }
    var packed: [UInt8] = []
    packed.reserveCapacity(found.count * stride)
    while packed.count < found.count * stride {
      let more: Data?
      do { more = try bed.read(upToCount: found.count * stride - packed.count) } catch {
        throw .genotypes(path, "cannot be read: \(error.localizedDescription)")
      }
      guard let more, !more.isEmpty else { throw .genotypes(path, "was cut while it was read") }
      packed.append(contentsOf: more)
    }
    return Block(variants: found, packed: packed)
  }

  /// A variant that was read and belongs to the next block.
  private var ahead: PlinkFiles.Variant?

  private mutating func take() throws(BiobankError) -> PlinkFiles.Variant? {
    guard let variant = ahead else { return try rows.next() }
    ahead = nil
    return variant
  }
}
