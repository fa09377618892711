internal import Foundation
internal import Statistics

/// Common variants of made-up people, copied piece by piece from real people.
///
/// The copying model of Li & Stephens (Genetics 2003, 165, 2213) without mutation. The sources are not
/// phased, so a whole diploid genotype is copied from one person at a time: Hardy and Weinberg's
/// proportions and linkage disequilibrium are the sources' own, and people with one source at one
/// place are alike there as twins.
struct MosaicBackbone {
  private let files: PlinkFiles
  private let rows: [Int]
  private let length: Double
  private var random: Xoshiro256
  /// Of each person: who is copied, and up to which position.
  private var source: [Int]
  private var end: [Double]
  private var chromosome = 0
  private var codes: [UInt8]
  /// The variants on autosomes, and where they lie.
  let variants: [(variant: Int, chromosome: Int, position: Int)]

  /// Opens the sources.
  ///
  /// - Parameters:
  ///   - allowed: who may be copied; nil for all.
  ///   - length: the expected length of a piece, in base pairs.
  init(
    prefix: String, allowed: Set<String>?, people: Int, length: Double, seed: UInt64
  ) throws(BiobankError) {
    let files = try PlinkFiles(prefix: prefix)
    rows = files.people.indices.filter { allowed?.contains(files.people[$0].id) ?? true }
    guard rows.count > 1 else {
      throw .genotypes(prefix, "fewer than two people may be copied")
    }
    variants = files.variants.enumerated().compactMap { place, variant in
      let name = variant.chromosome.lowercased()
      let bare = name.hasPrefix("chr") ? name.dropFirst(3) : Substring(name)
      guard let number = Int(bare), (1...22).contains(number) else { return nil }
      return (place, number, variant.position)
    }
    guard !variants.isEmpty else { throw .genotypes(prefix, "no variant lies on an autosome") }
    self.files = files
    self.length = length
    random = Xoshiro256(seed: SplitMix64.seed(seed, piece: Stream.mosaic.rawValue))
    source = [Int](repeating: 0, count: people)
    end = [Double](repeating: 0, count: people)
    codes = [UInt8](repeating: 0, count: rows.count)
  }

  /// The row of `.bim` of a variant, its chromosome a bare number.
  func row(_ place: Int) -> PlinkFiles.Variant {
    let (variant, chromosome, position) = variants[place]
    let old = files.variants[variant]
    return PlinkFiles.Variant(
      chromosome: "\(chromosome)", id: old.id, position: position, counted: old.counted,
      other: old.other)
  }

  /// The genotypes of a variant; variants are asked for along the chromosomes.
  ///
  /// - Returns: the mean of the copies among the sources and their standard deviation; 0 where all are
  ///   alike.
  mutating func copy(
    _ place: Int, into genotypes: inout [PlinkWriter.Genotype]
  ) -> (mean: Double, deviation: Double) {
    let (variant, number, position) = variants[place]
    let isNew = number != chromosome
    chromosome = number
    files.read(variant, of: rows, into: &codes)
    let sources = codes.map { PlinkWriter.Genotype(rawValue: $0) ?? .missing }
    for person in source.indices {
      // A piece that ended anywhere before ends here as well as there: its length has no memory.
      if isNew || end[person] <= Double(position) {
        source[person] = random.draw(below: rows.count)
        end[person] = Double(position) - length * log(1 - random.drawUnit())
      }
      genotypes[person] = sources[source[person]]
    }
    let known = sources.compactMap(\.copies)
    guard !known.isEmpty else { return (0, 0) }
    let mean = known.reduce(0, +) / Double(known.count)
    let squares = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / Double(known.count)).squareRoot())
  }
}

extension PlinkWriter.Genotype {
  /// Copies of the counted allele; nil where they are not known.
  var copies: Double? {
    switch self {
    case .two: 2
    case .one: 1
    case .none: 0
    case .missing: nil
    }
  }
}
