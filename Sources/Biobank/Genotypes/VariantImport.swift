internal import Entities
internal import Records

/// A file of variant calls written as PLINK 1's three files.
///
/// What was not taken stands in `prefix.refused.csv` with its line and reason. Nobody's sex is known
/// from the calls, so that of all is 0; families are 0, as plink2 writes them.
public struct VariantImport: Sendable {
  /// People and variants written, and genotypes that are missing.
  public let people: Int, variants: Int, missing: Int
  /// Records and alleles that were not taken, by reason.
  public let refused: [String: Int]
  /// The build of the genome; nil where the header does not tell.
  public let build: GenomeBuild?

  /// Reads `path` and writes `prefix.bed`, `.bim` and `.fam`; these appear whole or not at all.
  ///
  /// - Parameter build: the build that is wanted; a file of another is refused.
  public init(
    from path: String, to prefix: String, options: VariantFile.Options = .init(),
    build wanted: GenomeBuild? = nil
  ) throws(BiobankError) {
    var file = try VariantFile(path: path, options: options, build: wanted)
    var writer = try PlinkWriter(
      prefix: prefix,
      people: file.samples.map { PlinkFiles.Person(family: "0", id: $0, sex: 0) })
    var (variants, missing) = (0, 0)
    var refused: [String: Int] = [:]
    let log = try Self.written(prefix) { () throws(WriteError) in
      try DelimitedWriter(
        to: .file(prefix + ".refused.csv"), header: ["line", "place", "code", "reason"])
    }
    while let row = try file.next() {
      switch row {
      case .variant(let variant):
        try writer.write(variant.place, variant.genotypes)
        variants += 1
        missing += variant.genotypes.count { $0 == .missing }
      case .refused(let record):
        let reason = record.reason
        refused[Self.key(reason), default: 0] += 1
        try Self.written(prefix) { () throws(WriteError) in
          try log.write(["\(record.line)", record.id, reason.code, "\(reason)"])
        }
      }
    }
    try Self.written(prefix) { () throws(WriteError) in try log.finish() }
    guard variants > 0 else {
      let reasons = refused.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        .map { "\($0.value) × \($0.key)" }
      throw .genotypes(
        path,
        "no variant was taken"
          + (reasons.isEmpty ? ", it has none" : ": " + reasons.joined(separator: ", ")))
    }
    people = file.samples.count
    build = file.build
    try writer.commit()
    self.variants = variants
    self.missing = missing
    self.refused = refused
  }

  /// The names in a text file, one a line; of several columns the last of the first two is the
  /// person, as in PLINK's lists of family and person.
  public static func samples(listedIn path: String) throws(BiobankError) -> Set<String> {
    var names: Set<String> = []
    for row in try VariantSets.rows(path, atLeast: 1) where !row[0].hasPrefix("#") {
      names.insert(row.count > 1 ? row[1] : row[0])
    }
    guard !names.isEmpty else { throw .table(path, "names nobody") }
    return names
  }

  /// What was done, in sentences that name no person.
  public var summary: [String] {
    let genotypes = Double(people) * Double(variants)
    let share = (1_000 * Double(missing) / genotypes).rounded() / 10
    let build = self.build.map { "positions are of \($0.rawValue)" }
    return [
      "\(people) people, \(variants) variants, \(share) % of the genotypes missing",
      build ?? "the header does not tell the build of the genome",
    ] + refused.sorted { $0.key < $1.key }.map { "  left out: \($0.value) × \($0.key)" }
  }

  private static func key(_ reason: Refusal) -> String {
    switch reason {
    case .filtered, .unreadable, .missingValue: "\(reason)"
    default: reason.code
    }
  }

  private static func written<Result>(
    _ prefix: String, _ body: () throws(WriteError) -> Result
  ) throws(BiobankError) -> Result {
    do throws(WriteError) { return try body() } catch {
      throw .genotypes(prefix + ".refused.csv", "cannot be written: \(error)")
    }
  }
}
