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
  /// How many variants will be handed over.
  public let variants: Int
  /// The chromosomes they lie on.
  public let chromosomes: Chromosomes
  private let path: String
  private let bed: FileHandle
  private var rows: VariantRows
  private let stride: Int
  private let isUsed: @Sendable (PlinkFiles.Variant) -> Bool
  /// The number of the next row of `.bim`, and of the variant that `bed` stands before.
  private var row = 0, standing = 0

  /// Opens `prefix.bed`, `.bim` and `.fam`, and sees that they belong together.
  ///
  /// - Parameter isUsed: which variants are handed over; the others are passed by.
  public init(
    prefix: String, isUsed: @escaping @Sendable (PlinkFiles.Variant) -> Bool = { _ in true }
  ) throws(BiobankError) {
    people = try PlinkFiles.people(prefix + ".fam")
    stride = (people.count + 3) / 4
    path = prefix + ".bed"
    let survey = try VariantRows.survey(path: prefix + ".bim", isUsed)
    (variants, chromosomes) = (survey.used, survey.chromosomes)
    self.isUsed = isUsed
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
        path, magic: Array(magic), bytes: Int(size), variants: survey.count, people: people.count)
    } catch let error as BiobankError {
      throw error
    } catch { throw .genotypes(path, "cannot be read: \(error.localizedDescription)") }
  }

  /// The next variants, at most `count` and all of one chromosome; nil at the end.
  mutating func next(_ count: Int) throws(BiobankError) -> Block? {
    var found: [(row: Int, variant: PlinkFiles.Variant)] = []
    while found.count < count {
      guard let next = try take() else { break }
      if let first = found.first, first.variant.chromosome != next.variant.chromosome {
        ahead = next
        break
      }
      found.append(next)
    }
    guard let first = found.first, let last = found.last else { return nil }
    var packed: [UInt8] = []
    packed.reserveCapacity(found.count * stride)
    if last.row - first.row == found.count - 1 {
      try read(found.count, from: first.row, into: &packed)
    } else {
      for next in found { try read(1, from: next.row, into: &packed) }
    }
    return Block(variants: found.map(\.variant), packed: packed)
  }

  private mutating func read(
    _ count: Int, from row: Int, into packed: inout [UInt8]
  ) throws(BiobankError) {
    var left = count * stride
    do {
      if row != standing { try bed.seek(toOffset: UInt64(PlinkFiles.header + row * stride)) }
      while left > 0 {
        guard let more = try bed.read(upToCount: left), !more.isEmpty else {
          throw BiobankError.genotypes(path, "was cut while it was read")
        }
        packed.append(contentsOf: more)
        left -= more.count
      }
    } catch let error as BiobankError {
      throw error
    } catch { throw .genotypes(path, "cannot be read: \(error.localizedDescription)") }
    standing = row + count
  }

  /// A variant that was read and belongs to the next block.
  private var ahead: (row: Int, variant: PlinkFiles.Variant)?

  /// The next variant that is used, and its row.
  private mutating func take() throws(BiobankError) -> (row: Int, variant: PlinkFiles.Variant)? {
    if let next = ahead {
      ahead = nil
      return next
    }
    while let variant = try rows.next() {
      row += 1
      if isUsed(variant) { return (row - 1, variant) }
    }
    return nil
  }
}
