/// From the columns of a record to genotypes: hard calls, dosages where there are none, thresholds.
struct GenotypeCalls {
  /// Samples of the file.
  let samples: Int
  private let kept: [Int]
  private var copies: [Int8]
  private var numbers: [Float]

  /// plink2's `--hard-call-threshold`; a hair more, since 0.1 is no number of binary places.
  private static let distance: Float = 0.1 + 1e-6

  init(samples: Int, kept: [Int]) {
    self.samples = samples
    self.kept = kept
    copies = Array(repeating: -1, count: samples)
    numbers = Array(repeating: .nan, count: samples)
  }

  /// The genotypes of an allele, by person kept.
  mutating func genotypes(
    _ stream: borrowing VariantStream, of allele: Int, among alternatives: Int,
    options: VariantFile.Options
  ) throws(VariantRefusal) -> [PlinkWriter.Genotype] {
    let hasCalls = try stream.copies(of: allele, into: &copies)
    if !hasCalls { for place in copies.indices { copies[place] = -1 } }
    if copies.contains(-1) {
      let width = try stream.numbers("DS", at: allele - 1, into: &numbers)
      guard hasCalls || width > 0 else { throw .noGenotypes }
      if width >= alternatives {
        takeDosages()
      } else if !hasCalls {
        throw .dosages(numbers: width, alleles: alternatives)
      }
    }
    try drop(below: options.minimumQuality, "GQ", stream)
    try drop(below: options.minimumDepth, "DP", stream)
    return kept.map { sample in
      switch copies[sample] {
      case 0: .none
      case 1: .one
      case 2: .two
      default: .missing
      }
    }
  }

  private mutating func takeDosages() {
    for (place, dosage) in numbers.enumerated() where copies[place] < 0 {
      guard dosage >= 0, dosage <= 2 else { continue }
      let whole = dosage.rounded()
      if abs(dosage - whole) <= Self.distance { copies[place] = Int8(whole) }
    }
  }

  private mutating func drop(
    below minimum: Double?, _ tag: String, _ stream: borrowing VariantStream
  ) throws(VariantRefusal) {
    guard let minimum else { return }
    guard try stream.numbers(tag, at: 0, into: &numbers) > 0 else { return }
    for (place, number) in numbers.enumerated() where Double(number) < minimum {
      copies[place] = -1
    }
  }
}
