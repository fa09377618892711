/// Genotypes of some people at some variants, a bit each, 64 variants a word.
///
/// Three planes: heterozygous, homozygous, and homozygous in the counted allele. A person's words
/// stand together, so that two people are compared along memory.
struct GenotypePlanes {
  /// Words of a person.
  let words: Int
  private var heterozygous: [UInt64]
  private var homozygous: [UInt64]
  private var counted: [UInt64]

  /// Reads the variants of the people in these rows.
  ///
  /// - Complexity: O(variants × people)
  init(_ files: PlinkFiles, variants: ArraySlice<Int>, rows: [Int]) {
    words = (variants.count + 63) / 64
    heterozygous = [UInt64](repeating: 0, count: words * rows.count)
    homozygous = heterozygous
    counted = heterozygous
    var codes = [UInt8](repeating: 0, count: rows.count)
    for (place, variant) in variants.enumerated() {
      files.read(variant, of: rows, into: &codes)
      let bit = UInt64(1) << UInt64(place & 63)
      var word = place / 64
      for code in codes {
        if code == 2 {
          heterozygous[word] |= bit
        } else if code != 1 {
          homozygous[word] |= bit
          if code == 0 { counted[word] |= bit }
        }
        word += words
      }
    }
  }

  /// What two people have in common.
  ///
  /// - Complexity: O(variants / 64)
  func counts(_ one: Int, _ other: Int) -> KinshipCounts {
    let (heterozygous, homozygous, counted) = (heterozygous.span, homozygous.span, counted.span)
    var (hetHet, ibs0, hetHom, homHet, homHom) = (0, 0, 0, 0, 0)
    var (i, j) = (one * words, other * words)
    for _ in 0..<words {
      let (hetI, hetJ) = (heterozygous[i], heterozygous[j])
      let (homI, homJ) = (homozygous[i], homozygous[j])
      let both = homI & homJ
      hetHet &+= (hetI & hetJ).nonzeroBitCount
      ibs0 &+= (both & (counted[i] ^ counted[j])).nonzeroBitCount
      hetHom &+= (hetI & homJ).nonzeroBitCount
      homHet &+= (homI & hetJ).nonzeroBitCount
      homHom &+= both.nonzeroBitCount
      i &+= 1
      j &+= 1
    }
    return KinshipCounts(
      bothHeterozygous: hetHet, opposite: ibs0, firstHeterozygous: hetHom,
      secondHeterozygous: homHet, bothHomozygous: homHom)
  }
}
