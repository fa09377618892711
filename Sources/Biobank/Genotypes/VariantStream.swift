internal import CHtslib
internal import Foundation

// Every call into htslib's shim stands in this file. The handle is owned by one value and freed once;
// texts handed back are copied before the next record, arrays handed over outlive the call and have
// a place for each sample, as the shim's header asks.

/// Records of VCF or BCF, one at a time, as the shim gives them.
@safe
struct VariantStream: ~Copyable {
  /// What came of reading a record.
  enum Status { case record, end, refused(VariantRefusal) }

  private let handle: OpaquePointer
  private let path: String

  private init(_ handle: OpaquePointer, path: String) {
    unsafe self.handle = handle
    self.path = path
  }

  /// Opens a file of this machine.
  static func open(path: String, limits: VariantLimits) throws(BiobankError) -> VariantStream {
    var status = variants_unopened
    // An absolute path: htslib would take one such as http://… for an address.
    let absolute = URL(filePath: path).absoluteURL.path
    guard let made = unsafe variants_open(absolute, limits.header, limits.record, &status) else {
      throw .genotypes(path, "there is no memory to read it")
    }
    let stream = unsafe VariantStream(made, path: path)
    if let failure = failure(status, limits) { throw .genotypes(path, failure) }
    return stream
  }

  deinit { unsafe variants_close(handle) }

  /// The header as it stands in the file.
  var header: [UInt8] {
    var count = 0
    guard let text = unsafe variants_header(handle, &count) else { return [] }
    return unsafe UnsafeRawBufferPointer(start: text, count: count).map { $0 }
  }

  /// Begins to read records by a header.
  func begin(_ header: VariantHeader, limits: VariantLimits) throws(BiobankError) {
    let status = unsafe variants_begin(handle, header.text)
    if let failure = Self.failure(status, limits) { throw .genotypes(path, failure) }
    guard unsafe variants_samples(handle) == header.samples.count else {
      throw .genotypes(path, "its header names other samples than its records have")
    }
  }

  /// Reads the next record; throws where nothing behind it can be read.
  func next(samples: Int, limits: VariantLimits) throws(BiobankError) -> Status {
    let status = unsafe variants_next(handle)
    switch status {
    case variants_ok: return .record
    case variants_end: return .end
    case variants_record_long: return .refused(.long(limit: limits.record))
    case variants_record_wide: return .refused(.wide(limit: limits.record))
    case variants_record_columns:
      return .refused(.columns(expected: samples + 9, found: unsafe variants_columns(handle)))
    case variants_record_binary: return .refused(.notText)
    case variants_record_unreadable: return .refused(.unreadable)
    default: throw .genotypes(path, Self.failure(status, limits) ?? "cannot be read")
    }
  }

  /// The record's line.
  var line: Int { Int(unsafe variants_line(handle)) }
  /// The beginning of a line that was refused.
  var beginning: String { unsafe Self.text(variants_beginning(handle)) }
  /// The chromosome's name.
  var chromosome: String { unsafe Self.text(variants_chromosome(handle)) }
  /// The position, from 1.
  var position: Int { Int(unsafe variants_position(handle)) }
  /// The names; `.` for none.
  var id: String { unsafe Self.text(variants_id(handle)) }
  /// The alleles, the reference's first.
  var alleles: [String] {
    (0..<(unsafe variants_alleles(handle))).map { unsafe Self.text(variants_allele(handle, $0)) }
  }
  /// How many alleles there are.
  var alleleCount: Int { unsafe variants_alleles(handle) }
  /// The filters; none for `.`.
  var filters: [String] {
    (0..<(unsafe variants_filters(handle))).map { unsafe Self.text(variants_filter(handle, $0)) }
  }

  /// Copies of an allele by sample, -1 for missing; false where the record has no GT.
  func copies(of allele: Int, into copies: inout [Int8]) throws(VariantRefusal) -> Bool {
    precondition(copies.count == (unsafe variants_samples(handle)), "a place for each sample")
    let found = unsafe variants_copies(handle, allele, &copies)
    if found == -2 { throw .unknownAllele }
    if found < 0 { throw .field("GT") }
    return found > 0
  }

  /// A number by sample, NaN for missing; how many numbers a sample has, 0 without the tag.
  func numbers(
    _ tag: String, at place: Int, into numbers: inout [Float]
  ) throws(VariantRefusal) -> Int {
    precondition(numbers.count == (unsafe variants_samples(handle)), "a place for each sample")
    let width = unsafe variants_numbers(handle, tag, place, &numbers)
    if width < 0 { throw .field(tag) }
    return Int(width)
  }

  private static func text(_ pointer: UnsafePointer<CChar>?) -> String {
    guard let pointer = unsafe pointer else { return "" }
    return unsafe String(cString: pointer)
  }

  private static func failure(_ status: variants_status, _ limits: VariantLimits) -> String? {
    switch status {
    case variants_ok: nil
    case variants_unopened: "cannot be opened: there is no such file, or it may not be read"
    case variants_foreign: "is neither VCF (##fileformat=VCF…) nor BCF 2"
    case variants_headless: "has no line of columns (#CHROM, POS, …) before its records"
    case variants_header_long: "has a header of more than \(limits.header) bytes"
    case variants_header_unreadable: "has a header that cannot be read"
    case variants_damaged: "is damaged: it cannot be unpacked; copy or write it anew"
    case variants_cut:
      "was cut: it ends within a block, or lacks the mark that ends a file; copy it anew, or "
        + "write it anew with bgzip"
    default: "there is no memory to read it"
    }
  }
}
