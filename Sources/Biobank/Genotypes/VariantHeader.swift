/// What the header of a file of variant calls says, as far as it is used.
struct VariantHeader {
  /// The samples, in the order of their columns.
  let samples: [String]
  /// The build of the genome; nil where the header does not tell.
  let build: GenomeBuild?
  /// The lines that reading needs, with types of our own for the tags we read.
  let text: String

  private static let columns = [
    "#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT",
  ]
  // Some programs write whole numbers where the header promised them and some do not; read as
  // numbers with a point, both are fine.
  private static let formats = [
    "GT": "Number=1,Type=String", "DS": "Number=.,Type=Float", "GQ": "Number=1,Type=Float",
    "DP": "Number=1,Type=Float",
  ]
  /// A line's number in the dictionaries of BCF; a larger one would only ask for memory.
  private static let highestIndex = 1_000_000

  /// Reads a header.
  init(_ bytes: [UInt8], path: String) throws(BiobankError) {
    let lines = bytes.split(separator: 10).map { line in
      String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
    }
    guard let last = lines.last, last.utf8.starts(with: "#CHROM\t".utf8) else {
      throw .genotypes(path, "has no line of columns (#CHROM, POS, …)")
    }
    let names = last.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard names.count >= 8, zip(names, Self.columns).allSatisfy({ $0 == $1 }) else {
      throw .genotypes(path, "has other columns than \(Self.columns.joined(separator: ", "))")
    }
    samples = Array(names.dropFirst(9))
    guard !samples.isEmpty else { throw .genotypes(path, "has sites only, and no samples") }
    var seen: Set<String> = []
    for name in samples {
      guard !name.isEmpty, !name.contains(where: \.isWhitespace), !name.utf8.contains(0) else {
        throw .genotypes(
          path,
          "a sample's name is empty or holds a blank: “\(name)”; rename it, for instance "
            + "with bcftools reheader")
      }
      guard seen.insert(name).inserted else {
        throw .genotypes(path, "the sample \(name) stands twice; remove or rename one")
      }
    }
    var lengths: [(chromosome: String, length: Int)] = []
    var assemblies: Set<GenomeBuild> = []
    var kept: [String] = []
    for line in lines.dropLast() {
      let attributes = Self.attributes(line)
      if let index = attributes["IDX"] {
        guard let number = Int(index), (0...Self.highestIndex).contains(number) else {
          throw .genotypes(path, "a header line has the number \(index) (IDX)")
        }
      }
      if line.hasPrefix("##contig=<") {
        if let id = attributes["ID"], let length = attributes["length"].flatMap({ Int($0) }) {
          lengths.append((id, length))
        }
        if let build = attributes["assembly"].flatMap(GenomeBuild.init(name:)) {
          assemblies.insert(build)
        }
      } else if line.hasPrefix("##reference=") || line.hasPrefix("##assembly=") {
        if let build = GenomeBuild(name: line) { assemblies.insert(build) }
      }
      let isKept =
        line.hasPrefix("##fileformat=") || line.hasPrefix("##contig=<")
        || line.hasPrefix("##FILTER=<")
      if isKept, attributes["IDX"] == nil { kept.append(line) }
    }
    // Lengths are of the data, names may be of a template.
    build = GenomeBuild(lengths: lengths) ?? (assemblies.count == 1 ? assemblies.first : nil)
    let formats = Self.formats.sorted { $0.key < $1.key }.map {
      "##FORMAT=<ID=\($0.key),\($0.value),Description=\"\">"
    }
    text = (kept + formats + [last]).joined(separator: "\n") + "\n"
  }

  /// The pairs in `##key=<name=value,…>`; quoted values may hold commas.
  private static func attributes(_ line: String) -> [String: String] {
    guard let start = line.firstIndex(of: "<") else { return [:] }
    var found: [String: String] = [:]
    var field = ""
    var isQuoted = false
    func take() {
      let parts = field.split(separator: "=", maxSplits: 1).map(String.init)
      if parts.count == 2, found[parts[0]] == nil { found[parts[0]] = parts[1] }
      field = ""
    }
    for character in line[line.index(after: start)...] {
      switch character {
      case "\"":
        isQuoted.toggle()
        field.append(character)
      case "," where !isQuoted: take()
      default: field.append(character)
      }
    }
    if field.hasSuffix(">") { field.removeLast() }
    take()
    return found
  }
}
