internal import CFingerprints

// Here and in Kernel+Columns.swift pointers meet the kernels. They never leave the closures, and the
// kernels only read the words and popcounts.

/// The C kernels with Swift's types around them.
struct Kernel {
  let kind: KernelKind

  static func supports(_ kind: KernelKind) -> Bool {
    fingerprint_kernel_supported(kind.code) == 1
  }

  /// The numbers of common bits of the query with each row of a range.
  func intersections(
    of query: [UInt64], with storage: RowStorage, rows: Range<Int>
  ) -> [UInt16] {
    unsafe storage.withPointers { words, _ in
      unsafe [UInt16](unsafeUninitializedCapacity: rows.count) { counts, initialized in
        if let start = counts.baseAddress {
          unsafe fingerprint_intersections(
            kind.code, query, words + rows.lowerBound * query.count, query.count, rows.count,
            start)
        }
        initialized = rows.count
      }
    }
  }

  /// Calls `found` with each row of the range that reaches the bound, ascending, and with its
  /// numbers of set and common bits.
  func scan(
    _ query: [UInt64], _ storage: RowStorage, rows: Range<Int>, bound: RowBound,
    scratch: inout ScanScratch, found: (_ row: Int, _ popcount: Int, _ common: Int) -> Void
  ) {
    precondition(rows.count <= scratch.capacity, "\(rows.count) rows for \(scratch.capacity)")
    unsafe storage.withPointers { words, popcounts in
      let matches = unsafe bound.required.withUnsafeBufferPointer { required in
        unsafe scratch.matched.withUnsafeMutableBufferPointer { matched in
          unsafe scratch.common.withUnsafeMutableBufferPointer { common in
            unsafe fingerprint_scan(
              kind.code, query, words + rows.lowerBound * query.count,
              popcounts + rows.lowerBound, query.count, rows.count,
              fingerprint_bound(
                low: bound.low, high: bound.high, floor: bound.floor,
                required: required.baseAddress),
              matched.baseAddress, common.baseAddress)
          }
        }
      }
      for match in 0..<matches {
        let row = rows.lowerBound + Int(scratch.matched[match])
        unsafe found(row, Int(popcounts[row]), Int(scratch.common[match]))
      }
    }
  }
}

/// Room for the matches of one block, used again and again.
struct ScanScratch {
  var matched: [UInt32]
  var common: [UInt16]

  var capacity: Int { matched.count }

  init(rows: Int) {
    matched = Array(repeating: 0, count: rows)
    common = Array(repeating: 0, count: rows)
  }
}

extension KernelKind {
  var code: fingerprint_kernel {
    switch self {
    case .portable: fingerprint_kernel_portable
    case .avx2: fingerprint_kernel_avx2
    case .avx512: fingerprint_kernel_avx512
    }
  }
}

extension RowStorage {
  /// Calls `body` with the first word and the first popcount.
  func withPointers<Result>(
    _ body: (UnsafePointer<UInt64>, UnsafePointer<UInt16>) -> Result
  ) -> Result {
    switch self {
    case .owned(let lines, let popcounts):
      return unsafe lines.withUnsafeBytes { bytes in
        unsafe popcounts.withUnsafeBufferPointer { popcounts in
          unsafe body(Self.words(bytes.baseAddress), Self.counts(popcounts.baseAddress))
        }
      }
    case .mapped(let mapped, let wordsAt, let popcountsAt):
      return unsafe mapped.withBytes { bytes in
        let words = unsafe Self.words(bytes.baseAddress.map { unsafe $0 + wordsAt })
        let counts = unsafe bytes.baseAddress.map {
          unsafe ($0 + popcountsAt).assumingMemoryBound(to: UInt16.self)
        }
        return unsafe body(words, Self.counts(counts))
      }
    }
  }

  /// The set bits of some rows, as compressed sparse rows.
  func setBits(
    rows: Range<Int>, wordCount: Int, kernel: KernelKind
  ) -> (offsets: [Int32], indices: [Int32]) {
    unsafe withPointers { words, popcounts in
      let total = rows.reduce(0) { unsafe $0 + Int(popcounts[$1]) }
      precondition(total <= Int(Int32.max), "\(total) set bits do not fit in 32-bit offsets")
      var offsets = [Int32](repeating: 0, count: rows.count + 1)
      let indices = unsafe [Int32](unsafeUninitializedCapacity: total) { indices, initialized in
        if let start = indices.baseAddress {
          unsafe offsets.withUnsafeMutableBufferPointer { offsets in
            initialized = unsafe fingerprint_set_bits(
              kernel.code, words + rows.lowerBound * wordCount, wordCount, rows.count,
              offsets.baseAddress,
              start, total)
          }
        }
        // A damaged file must not write past the end.
        precondition(initialized == total, "the popcounts do not belong to the rows")
      }
      return (offsets, indices)
    }
  }

  // An empty table has no memory; any aligned address will do, for no row is read.
  private static func words(_ start: UnsafeRawPointer?) -> UnsafePointer<UInt64> {
    if let start = unsafe start { return unsafe start.assumingMemoryBound(to: UInt64.self) }
    return unsafe UnsafePointer(bitPattern: 64).unsafelyUnwrapped
  }

  private static func counts(_ start: UnsafePointer<UInt16>?) -> UnsafePointer<UInt16> {
    unsafe start ?? UnsafePointer(bitPattern: 64).unsafelyUnwrapped
  }
}
