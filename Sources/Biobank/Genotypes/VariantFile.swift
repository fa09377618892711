public import Entities

/// Genotypes of VCF, packed or not, or BCF, one variant at a time in memory that does not grow.
///
/// A record of several alternative alleles is split into a variant for each, in which every other
/// allele counts as "not this allele" (as `bcftools norm -m-` does: of 1/2, one copy each). A person
/// of one chromosome has two copies or none, as PLINK writes; genotypes with a missing allele, or of
/// more than two, are missing. Where a person's GT is missing or the record has none, DS within 0.1
/// of a whole number gives the genotype (as plink2's `--hard-call-threshold 0.1`).
///
/// A record that cannot be used is a value and the next follows; a file that was cut, is damaged or
/// not sorted is an error.
public struct VariantFile: ~Copyable {
  /// What is read of a file.
  public struct Options: Hashable, Sendable {
    /// Whether records are taken whose FILTER is neither PASS nor missing.
    public var keepsFiltered = false
    /// Genotypes of a lower quality (GQ) or depth (DP) are missing; those that tell none are kept,
    /// as plink2 does.
    public var minimumQuality: Double?, minimumDepth: Double?
    /// The samples; nil for all.
    public var samples: Set<String>?
    /// How much is taken into memory.
    public var limits = VariantLimits()

    /// Begins with all that passed, of everybody.
    public init() {}
  }

  /// A variant of two alleles and its genotypes.
  public struct Variant: Hashable, Sendable {
    /// The line of its record, counted from 1; in BCF as if the header's lines stood before.
    public let line: Int
    /// Where it is; the counted allele is the alternative one.
    ///
    /// Without a name of its own it is called `chromosome:position:reference:alternative`; one of
    /// several alleles of a named record is called `name:alternative`.
    public let place: PlinkFiles.Variant
    /// Copies of the alternative allele by person, in the order of ``VariantFile/samples``.
    public let genotypes: [PlinkWriter.Genotype]
  }

  /// A variant, or a record or allele that was not taken.
  public enum Row: Sendable {
    /// A variant.
    case variant(Variant)
    /// What was not taken, with `chromosome:position` as its identifier, and why.
    case refused(RefusedRecord)
  }

  /// The people who are read, in the order of the file.
  public let samples: [String]
  /// The build of the genome; nil where the header does not tell.
  public let build: GenomeBuild?

  private let path: String
  private let options: Options
  private let stream: VariantStream
  private var calls: GenotypeCalls
  private var order = VariantOrder()
  private var alleles: [String] = []
  private var nextAllele = 0

  /// Opens a file and reads its header.
  ///
  /// - Parameter build: the build that is wanted; a file of another is refused.
  public init(
    path: String, options: Options = Options(), build wanted: GenomeBuild? = nil
  ) throws(BiobankError) {
    let limits = options.limits
    let stream = try VariantStream.open(path: path, limits: limits)
    let header = try VariantHeader(stream.header, path: path)
    try stream.begin(header, limits: limits)
    if let wanted, let build = header.build, build != wanted {
      throw .genotypes(
        path, "is of \(build.rawValue), not \(wanted.rawValue); lift it over, or name its build")
    }
    if let missing = options.samples?.subtracting(header.samples).sorted(), !missing.isEmpty {
      throw .genotypes(
        path,
        "has no sample \(missing.prefix(3).joined(separator: ", "))"
          + (missing.count > 3 ? " and \(missing.count - 3) more that were asked for" : ""))
    }
    let kept = header.samples.indices.filter {
      options.samples?.contains(header.samples[$0]) ?? true
    }
    guard !kept.isEmpty else { throw .genotypes(path, "none of its samples is asked for") }
    self.stream = stream
    samples = kept.map { header.samples[$0] }
    build = header.build
    calls = GenotypeCalls(samples: header.samples.count, kept: kept)
    self.path = path
    self.options = options
  }

  /// The next variant or refusal; nil at the end.
  ///
  /// - Complexity: O(samples)
  public mutating func next() throws(BiobankError) -> Row? {
    while true {
      if nextAllele > 0, nextAllele < alleles.count {
        let allele = nextAllele
        nextAllele += 1
        return take(allele)
      }
      nextAllele = 0
      switch try stream.next(samples: calls.samples, limits: options.limits) {
      case .end: return nil
      case .refused(let reason): return refused(reason, at: Self.place(stream.beginning))
      case .record:
        if let reason = try begin() { return refused(reason, at: identifier) }
      }
    }
  }

  /// Looks at a new record as a whole.
  private mutating func begin() throws(BiobankError) -> VariantRefusal? {
    let (chromosome, position) = (stream.chromosome, stream.position)
    guard position >= 1 else { return .noPlace }
    guard Self.isWord(chromosome), Self.isWord(stream.id) else { return .blank }
    guard order.accepts(chromosome, position) else {
      throw .genotypes(
        path,
        "line \(stream.line): \(chromosome):\(position) comes too late, the file is not "
          + "sorted; sort it with bcftools sort")
    }
    let filters = stream.filters
    if !options.keepsFiltered, !filters.isEmpty, filters != ["PASS"] {
      return .filtered(filters.joined(separator: ";"))
    }
    guard stream.alleleCount <= options.limits.alleles else { return .alleles(stream.alleleCount) }
    alleles = stream.alleles
    guard alleles.count > 1 else { return .noAlternative }
    guard alleles.allSatisfy(Self.isWord) else { return .blank }
    nextAllele = 1
    return nil
  }

  private mutating func take(_ allele: Int) -> Row {
    let name = alleles[allele]
    // `*`, and what gVCF writes for "any other allele", are no alleles of their own.
    if name == "*" || name == "<*>" || name == "<NON_REF>" || name == "." {
      return refused(.overlapping, at: "\(identifier):\(alleles[0]):\(name)")
    }
    do throws(VariantRefusal) {
      let genotypes = try calls.genotypes(
        stream, of: allele, among: alleles.count - 1, options: options)
      let place = PlinkFiles.Variant(
        chromosome: stream.chromosome, id: called(allele), position: stream.position,
        counted: name, other: alleles[0])
      return .variant(Variant(line: stream.line, place: place, genotypes: genotypes))
    } catch {
      // What is wrong with the genotypes of one allele is wrong with those of all.
      nextAllele = 0
      return refused(error, at: identifier)
    }
  }

  private func called(_ allele: Int) -> String {
    let id = stream.id
    if id == "." { return "\(identifier):\(alleles[0]):\(alleles[allele])" }
    return alleles.count > 2 ? "\(id):\(alleles[allele])" : id
  }

  private var identifier: String { "\(stream.chromosome):\(stream.position)" }

  private func refused(_ reason: VariantRefusal, at id: String) -> Row {
    .refused(RefusedRecord(line: stream.line, id: id, reason: reason.refusal))
  }

  /// The first two columns of a line that was not taken apart.
  private static func place(_ line: String) -> String {
    line.split(separator: "\t", omittingEmptySubsequences: false).prefix(2).joined(separator: ":")
  }

  /// Whether a text can stand in a column of a table separated by blanks.
  private static func isWord(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 > 32 && $0 != 127 }
  }
}
