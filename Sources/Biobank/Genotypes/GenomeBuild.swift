/// The assembly of the human genome that positions refer to.
public enum GenomeBuild: String, Codable, CaseIterable, Sendable {
  /// GRCh37, also called hg19.
  case grch37 = "GRCh37"
  /// GRCh38, also called hg38.
  case grch38 = "GRCh38"

  /// The build that a name such as `hg38`, `b37` or `GRCh38.p14` speaks of; nil for another.
  public init?(name: String) {
    let text = name.lowercased()
    let names: [GenomeBuild: [String]] = [
      .grch37: ["grch37", "hg19", "b37", "v37", "hs37"],
      .grch38: ["grch38", "hg38", "b38", "hs38"],
    ]
    let found = Self.allCases.filter { build in names[build]?.contains(where: text.contains) == true
    }
    guard found.count == 1, let only = found.first else { return nil }
    self = only
  }

  /// The build in which chromosomes have these lengths; nil where none is told or they disagree.
  public init?(lengths: [(chromosome: String, length: Int)]) {
    var seen: Set<GenomeBuild> = []
    for (chromosome, length) in lengths {
      let name =
        chromosome.lowercased().hasPrefix("chr") ? chromosome.dropFirst(3) : chromosome[...]
      guard let known = Self.lengths[String(name)] else { continue }
      if length == known.grch37 { seen.insert(.grch37) }
      if length == known.grch38 { seen.insert(.grch38) }
    }
    guard seen.count == 1, let only = seen.first else { return nil }
    self = only
  }

  // The primary assemblies' lengths (Genome Reference Consortium); no length is in both.
  private static let lengths: [String: (grch37: Int, grch38: Int)] = [
    "1": (249_250_621, 248_956_422), "2": (243_199_373, 242_193_529),
    "3": (198_022_430, 198_295_559), "4": (191_154_276, 190_214_555),
    "5": (180_915_260, 181_538_259), "6": (171_115_067, 170_805_979),
    "7": (159_138_663, 159_345_973), "8": (146_364_022, 145_138_636),
    "9": (141_213_431, 138_394_717), "10": (135_534_747, 133_797_422),
    "11": (135_006_516, 135_086_622), "12": (133_851_895, 133_275_309),
    "13": (115_169_878, 114_364_328), "14": (107_349_540, 107_043_718),
    "15": (102_531_392, 101_991_189), "16": (90_354_753, 90_338_345),
    "17": (81_195_210, 83_257_441), "18": (78_077_248, 80_373_285),
    "19": (59_128_983, 58_617_616), "20": (63_025_520, 64_444_167),
    "21": (48_129_895, 46_709_983), "22": (51_304_566, 50_818_468),
    "X": (155_270_560, 156_040_895), "Y": (59_373_566, 57_227_415),
  ]
}
