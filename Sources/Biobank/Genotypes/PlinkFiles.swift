internal import Foundation

/// Genotypes in PLINK 1's three files: `.bed` mapped into memory, `.bim` and `.fam` read.
///
/// Two bits a genotype, variant by variant, four people a byte: 00 two copies of the first allele,
/// 10 one, 11 none, 01 missing (PLINK file formats, `.bed`).
public struct PlinkFiles: Sendable {
  /// A variant: a row of `.bim`.
  public struct Variant: Hashable, Sendable {
    /// Chromosome and name.
    public let chromosome: String, id: String
    /// The position in base pairs.
    public let position: Int
    /// The allele that is counted, and the other.
    public let counted: String, other: String

    /// Describes a variant.
    public init(chromosome: String, id: String, position: Int, counted: String, other: String) {
      self.chromosome = chromosome
      self.id = id
      self.position = position
      self.counted = counted
      self.other = other
    }
  }

  /// A person: a row of `.fam`.
  public struct Person: Hashable, Sendable {
    /// The family's and the person's own number.
    public let family: String, id: String
    /// 1 for a man, 2 for a woman, 0 for unknown.
    public let sex: Int

    /// Describes a person.
    public init(family: String, id: String, sex: Int) {
      self.family = family
      self.id = id
      self.sex = sex
    }
  }

  /// How many people have each genotype.
  public struct Counts: Hashable, Sendable {
    /// With two counted alleles, one, none, and those whose genotype is missing.
    public var two = 0, one = 0, none = 0, missing = 0
    /// Counted alleles, and alleles seen in all.
    public var alleles: Int { 2 * two + one }
    /// Alleles of people whose genotype is known.
    public var observed: Int { 2 * (two + one + none) }
  }

  /// The variants, in the order of the file.
  public let variants: [Variant]
  /// The people, in the order of the file.
  public let people: [Person]
  private let bytes: Data
  private let stride: Int

  /// The least bytes before the first variant.
  static let header = 3
  /// More lines than this in a text file are no cohort.
  private static let mostLines = 200_000_000

  /// Opens `prefix.bed`, `.bim` and `.fam`.
  public init(prefix: String) throws(BiobankError) {
    variants = try Self.lines(prefix + ".bim") { Variant($0.map(String.init)) }
    people = try Self.people(prefix + ".fam")
    stride = (people.count + 3) / 4
    let path = prefix + ".bed"
    do { bytes = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped) } catch {
      throw .genotypes(path, "cannot be read: \(error.localizedDescription)")
    }
    try Self.check(
      path, magic: Array(bytes.prefix(Self.header)), bytes: bytes.count, variants: variants.count,
      people: people.count)
  }

  /// The rows of a `.fam`.
  static func people(_ path: String) throws(BiobankError) -> [Person] {
    try lines(path) { fields in
      guard fields.count == 6 else { return nil }
      return Person(family: String(fields[0]), id: String(fields[1]), sex: Int(fields[4]) ?? 0)
    }
  }

  /// Sees that a `.bed` is one, stored variant by variant, and as long as its two neighbours say.
  static func check(
    _ path: String, magic: [UInt8], bytes: Int, variants: Int, people: Int
  ) throws(BiobankError) {
    guard magic.count == header, magic[0] == 0x6C, magic[1] == 0x1B else {
      throw .genotypes(path, "is no file of PLINK 1's genotypes")
    }
    guard magic[2] == 1 else {
      throw .genotypes(path, "is stored person by person; write it anew with plink --make-bed")
    }
    let expected = header + (people + 3) / 4 * variants
    guard bytes == expected else {
      throw .genotypes(
        path,
        "has \(bytes) bytes, but \(variants) variants of \(people) people take \(expected): "
          + "it was cut, or .bim and .fam belong to another file")
    }
  }

  private static func lines<Row>(
    _ path: String, _ row: ([Substring]) -> Row?
  ) throws(BiobankError) -> [Row] {
    let text: String
    do { text = try String(contentsOfFile: path, encoding: .utf8) } catch {
      throw .genotypes(path, "cannot be read: \(error.localizedDescription)")
    }
    var rows: [Row] = []
    for (number, line) in text.split(separator: "\n").enumerated() {
      guard number < mostLines, let found = row(line.split { $0 == " " || $0 == "\t" }) else {
        throw .genotypes(path, "line \(number + 1) is not six columns of its kind")
      }
      rows.append(found)
    }
    guard !rows.isEmpty else { throw .genotypes(path, "is empty") }
    return rows
  }

  /// How many people have each genotype of a variant.
  public func counts(_ variant: Int) -> Counts {
    var byKind = [0, 0, 0, 0]
    forEachGenotype(variant) { byKind[Int($0)] += 1 }
    return Counts(two: byKind[0], one: byKind[2], none: byKind[3], missing: byKind[1])
  }

  /// The counted alleles of each person; nil where the genotype is missing.
  public func dosages(_ variant: Int) -> [Double?] {
    var result: [Double?] = []
    result.reserveCapacity(people.count)
    forEachGenotype(variant) { result.append([2, nil, 1, 0][Int($0)]) }
    return result
  }

  /// How many genotypes of each person are missing.
  public var missingByPerson: [Int] {
    var result = [Int](repeating: 0, count: people.count)
    for variant in variants.indices {
      var person = 0
      forEachGenotype(variant) { code in
        if code == 1 { result[person] += 1 }
        person += 1
      }
    }
    return result
  }

  /// Reads the genotypes of chosen people, as the two bits of the file (``PlinkWriter/Genotype``).
  ///
  /// - Complexity: O(chosen people)
  func read(_ variant: Int, of rows: [Int], into codes: inout [UInt8]) {
    precondition(variants.indices.contains(variant), "no variant has the number \(variant)")
    precondition(codes.count == rows.count, "room for \(rows.count) genotypes")
    let start = Self.header + variant * stride
    let file = bytes.span
    var place = 0
    while place < rows.count {
      let row = rows[place]
      codes[place] = (file[start + row / 4] >> UInt8(truncatingIfNeeded: 2 * (row & 3))) & 3
      place += 1
    }
  }

  private func forEachGenotype(_ variant: Int, _ body: (UInt8) -> Void) {
    precondition(variants.indices.contains(variant), "no variant has the number \(variant)")
    let start = bytes.startIndex + Self.header + variant * stride
    var left = people.count
    for place in start..<start + stride {
      var byte = bytes[place]
      for _ in 0..<min(4, left) {
        body(byte & 3)
        byte >>= 2
      }
      left -= 4
    }
  }
}
