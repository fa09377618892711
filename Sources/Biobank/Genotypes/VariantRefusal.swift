internal import Entities

/// How much of a stranger's file is taken into memory at once.
public struct VariantLimits: Hashable, Sendable {
  /// Bytes of the header, and of a record.
  public var header: Int, record: Int
  /// Alleles of a record.
  public var alleles: Int

  /// Sets limits; the defaults hold half a million samples.
  public init(header: Int = 64 << 20, record: Int = 256 << 20, alleles: Int = 1_000) {
    self.header = header
    self.record = record
    self.alleles = alleles
  }
}

/// Why a record of variant calls, or one allele of it, was not taken.
enum VariantRefusal: Error, Hashable {
  case long(limit: Int), wide(limit: Int), columns(expected: Int, found: Int)
  case notText, unreadable, unknownAllele, field(String)
  case filtered(String), blank, noPlace, noAlternative, noGenotypes, alleles(Int)
  case dosages(numbers: Int, alleles: Int), overlapping

  /// The reason as every reader of this project gives it.
  var refusal: Refusal {
    switch self {
    case .long(let limit), .wide(let limit): .tooLong(bytes: limit + 1, limit: limit)
    case .columns(let expected, let found): .wrongFieldCount(expected: expected, found: found)
    case .notText: .notText
    case .unreadable: .unreadable("no record of VCF")
    case .unknownAllele: .unreadable("a genotype names an allele that the record does not have")
    case .field(let tag): .unreadable("\(tag) is of another type than its name promises")
    case .filtered(let names): .filtered("FILTER is \(names)")
    case .blank: .unreadable("a name or an allele is empty or holds a blank")
    case .noPlace: .unreadable("the position is no number of 1 or more")
    case .noAlternative: .filtered("has no alternative allele")
    case .noGenotypes: .missingValue(column: "GT or DS")
    case .alleles(let count): .unreadable("has \(count) alleles")
    case .dosages(let numbers, let alleles):
      .unreadable("DS has \(numbers) numbers a sample for \(alleles) alternative alleles")
    case .overlapping: .filtered("the allele says only that another record has one here")
    }
  }
}
