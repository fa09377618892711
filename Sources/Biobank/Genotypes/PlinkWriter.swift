internal import Foundation
internal import Provenance

/// Writes genotypes as PLINK 1's three files, variant by variant, in memory that does not grow.
///
/// Nothing stands under the names before ``commit()``, and `.bed` appears last: a set that was cut
/// cannot be opened.
public struct PlinkWriter: ~Copyable {
  /// Copies of the counted allele: none, one or two, or unknown; the code is the file's two bits.
  public enum Genotype: UInt8, Sendable {
    /// Two copies of the counted allele.
    case two = 0
    /// Not known.
    case missing = 1
    /// One copy.
    case one = 2
    /// No copy.
    case none = 3
  }

  private let prefix: String
  private let people: Int
  private var bed: AtomicFile
  private var bim: AtomicFile
  private var fam: AtomicFile

  /// Begins a set of these people; their traits stay unknown, since tables of traits tell them.
  public init(prefix: String, people: [PlinkFiles.Person]) throws(BiobankError) {
    var bed = try Self.file(prefix + ".bed")
    let bim = try Self.file(prefix + ".bim")
    var fam = try Self.file(prefix + ".fam")
    do throws(FileError) {
      try bed.write([0x6C, 0x1B, 1] as [UInt8])
      for person in people {
        try fam.write("\(person.family)\t\(person.id)\t0\t0\t\(person.sex)\t-9\n")
      }
    } catch { throw Self.failure(prefix, error) }
    self.bed = bed
    self.bim = bim
    self.fam = fam
    self.prefix = prefix
    self.people = people.count
  }

  private static func file(_ path: String) throws(BiobankError) -> AtomicFile {
    do throws(FileError) { return try AtomicFile(at: URL(filePath: path)) } catch {
      throw failure(path, error)
    }
  }

  private static func failure(_ path: String, _ error: FileError) -> BiobankError {
    .genotypes(path, "cannot be written: \(error)")
  }

  /// Adds a variant and the genotype of each person.
  public mutating func write(
    _ variant: PlinkFiles.Variant, _ genotypes: [Genotype]
  ) throws(BiobankError) {
    precondition(genotypes.count == people, "a genotype for each of \(people) people")
    var bytes = [UInt8](repeating: 0, count: (people + 3) / 4)
    for (person, genotype) in genotypes.enumerated() {
      bytes[person / 4] |= genotype.rawValue << UInt8(2 * (person % 4))
    }
    do throws(FileError) {
      try bed.write(bytes)
      try bim.write(
        "\(variant.chromosome)\t\(variant.id)\t0\t\(variant.position)\t\(variant.counted)\t"
          + "\(variant.other)\n")
    } catch { throw Self.failure(prefix, error) }
  }

  /// Gives the files their names.
  public consuming func commit() throws(BiobankError) {
    let prefix = prefix
    do throws(FileError) {
      try fam.commit()
      try bim.commit()
      try bed.commit()
    } catch { throw Self.failure(prefix, error) }
  }
}
