internal import Parallelism

/// One walk over the genotypes: variants are judged one by one, and those that pass count for people.
struct QualityPass: Sendable {
  /// The variants, in the order of the file.
  let variants: [VariantQuality]
  /// The people, in the order of the rows.
  let people: [PersonQuality]

  /// Variants of a piece, and pieces that are in memory at a time: fixed, so that no sum depends on
  /// the threads.
  private static let piece = 512, round = 16

  /// Walks over all variants.
  ///
  /// - Complexity: O(variants × people)
  init(_ files: PlinkFiles, rows: [Int], _ thresholds: QualityThresholds, _ pool: WorkerPool) {
    let sexes = rows.map { files.people[$0].sex }
    var variants: [VariantQuality] = []
    variants.reserveCapacity(files.variants.count)
    var tally = GenotypeTally(people: rows.count)
    let pieces = (files.variants.count + Self.piece - 1) / Self.piece
    for first in stride(from: 0, to: pieces, by: Self.round) {
      let found = pool.map(min(Self.round, pieces - first)) { number in
        let start = (first + number) * Self.piece
        let range = start..<min(start + Self.piece, files.variants.count)
        return Self.walk(files, range, rows: rows, sexes: sexes, thresholds)
      }
      for part in found {
        variants += part.variants
        tally.add(part.tally)
      }
    }
    self.variants = variants
    people = rows.indices.map { person in
      var quality = tally.person(person, sex: sexes[person])
      quality.judge(told: sexes[person], thresholds)
      return quality
    }
  }

  private static func walk(
    _ files: PlinkFiles, _ range: Range<Int>, rows: [Int], sexes: [Int],
    _ thresholds: QualityThresholds
  ) -> (variants: [VariantQuality], tally: GenotypeTally) {
    // Anything but a man and a woman is unknown.
    let offsets = sexes.map { $0 == 1 || $0 == 2 ? 4 * $0 : 0 }
    var variants: [VariantQuality] = []
    var tally = GenotypeTally(people: rows.count)
    var codes = [UInt8](repeating: 0, count: rows.count)
    for place in range {
      files.read(place, of: rows, into: &codes)
      var counts = [Int](repeating: 0, count: 12)
      var person = 0
      while person < codes.count {
        counts[offsets[person] + Int(codes[person])] += 1
        person += 1
      }
      let quality = VariantQuality(
        variant: place, chromosome: ChromosomeKind(name: files.variants[place].chromosome),
        counts: counts)
      variants.append(quality)
      if quality.objections(thresholds).isEmpty { tally.add(quality, codes) }
    }
    return (variants, tally)
  }
}
