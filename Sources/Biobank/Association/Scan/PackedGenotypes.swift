internal import LinearAlgebra

/// The genotypes of chosen people at some variants, two bits each, without a trace of the others.
struct PackedGenotypes: Sendable {
  let people: Int
  let variants: Int
  /// `stride` bytes for each variant; the bits behind the last person say "none".
  private let bytes: [UInt8]
  private var stride: Int { (people + 3) / 4 }

  /// Takes the people of these rows, ascending, out of a block of `total` people.
  init(_ block: GenotypeStream.Block, rows: [Int], of total: Int) {
    people = rows.count
    variants = block.variants.count
    let (from, to) = ((total + 3) / 4, (rows.count + 3) / 4)
    let padding = UInt8(truncatingIfNeeded: 0xFF << (2 * ((rows.count - 1) % 4 + 1)))
    if rows.count == total {
      bytes = Self.padded(block.packed, stride: to, padding: padding)
      return
    }
    var taken = [UInt8](repeating: 0, count: to * variants)
    let source = block.packed.span
    let places = rows.span
    var target = taken.mutableSpan
    for variant in 0..<variants {
      let start = variant * from
      for person in 0..<places.count {
        let row = places[person]
        let code = source[start + row >> 2] >> UInt8(2 * (row & 3)) & 3
        target[variant * to + person >> 2] |= code << UInt8(2 * (person & 3))
      }
    }
    bytes = Self.padded(taken, stride: to, padding: padding)
  }

  private static func padded(_ bytes: [UInt8], stride: Int, padding: UInt8) -> [UInt8] {
    var result = bytes
    for last in Swift.stride(from: stride - 1, to: bytes.count, by: stride) {
      result[last] |= padding
    }
    return result
  }

  /// How many people have each genotype, variant by variant.
  ///
  /// Four counters of 16 bits stand in one word; a step of 4,096 bytes cannot overflow them.
  func counts() -> [PlinkFiles.Counts] {
    let table = Self.counters.span
    let source = bytes.span
    let surplus = stride * 4 - people
    return (0..<variants).map { variant in
      var kinds = (two: 0, missing: 0, one: 0, none: -surplus)
      var start = variant * stride
      let end = start + stride
      while start < end {
        let stop = min(end, start + 4096)
        var word: UInt64 = 0
        for place in start..<stop { word &+= table[Int(source[place])] }
        kinds.two += Int(word & 0xFFFF)
        kinds.missing += Int(word >> 16 & 0xFFFF)
        kinds.one += Int(word >> 32 & 0xFFFF)
        kinds.none += Int(word >> 48)
        start = stop
      }
      return PlinkFiles.Counts(
        two: kinds.two, one: kinds.one, none: kinds.none, missing: kinds.missing)
    }
  }

  private static let counters: [UInt64] = (0..<256).map { byte in
    (0..<4).reduce(0) { $0 + 1 << UInt64(16 * (byte >> (2 * $1) & 3)) }
  }

  /// The people whose genotype is missing at a variant.
  func missing(_ variant: Int) -> [Int] { people(of: variant) { $0 == 1 } }

  /// The people who carry the counted allele, or the other one where `turned`.
  func carriers(_ variant: Int, turned: Bool) -> [Int] {
    people(of: variant) { $0 == 2 || $0 == (turned ? 3 : 0) }
  }

  private func people(of variant: Int, _ isWanted: (UInt8) -> Bool) -> [Int] {
    (0..<people).filter { isWanted(code($0, variant)) }
  }

  private func code(_ person: Int, _ variant: Int) -> UInt8 {
    bytes[variant * stride + person >> 2] >> UInt8(2 * (person & 3)) & 3
  }

  /// The copies of the counted allele for each person, `missing` where they are not known.
  func dosages(_ variant: Int, missing: Double = 0) -> [Double] {
    (0..<people).map { [2, missing, 1, 0][Int(code($0, variant))] }
  }

  /// What a genotype counts in a product; a missing one counts 0.
  enum Value {
    /// The copies of the counted allele.
    case copies
    /// Their square.
    case squares

    fileprivate var table: [Double] {
      let two: Double = self == .copies ? 2 : 4
      return (0..<256).flatMap { byte in (0..<4).map { [two, 0, 1, 0][byte >> (2 * $0) & 3] } }
    }
  }

  /// The products of all variants with the columns of a matrix, `variants × width`, row by row.
  ///
  /// The two bits are unfolded a piece at a time into what fits the cache, and BLAS does the rest: the
  /// order of the sums depends on the number of people alone.
  ///
  /// - Parameter columns: `people` rows of `width` values.
  /// - Complexity: O(variants × people × width)
  func products(_ columns: Matrix<Double>, of value: Value = .copies) -> [Double] {
    precondition(columns.rows == people, "\(columns.rows) rows for \(people) people")
    let width = columns.columns
    var result = [Double](repeating: 0, count: variants * width)
    let table = value.table
    let piece = 512
    for start in Swift.stride(from: 0, to: stride, by: piece) {
      let count = min(piece, stride - start)
      let rows = min(4 * count, people - 4 * start)
      let unfolded = unfold(from: start, bytes: count, rows: rows, table)
      var sums = result.mutableSpan
      multiply(
        unfolded.span,
        by: columns.elements.span.extracting(4 * start * width..<(4 * start + rows) * width),
        shape: ProductShape(rows: variants, columns: width, inner: rows), keeping: 1, into: &sums)
    }
    return result
  }

  private func unfold(from start: Int, bytes count: Int, rows: Int, _ table: [Double]) -> [Double] {
    var unfolded = [Double](repeating: 0, count: variants * rows)
    var target = unfolded.mutableSpan
    let (source, table) = (bytes.span, table.span)
    let whole = rows / 4
    for variant in 0..<variants {
      let from = variant * stride + start
      let to = variant * rows
      for byte in 0..<whole {
        let code = 4 * Int(source[from + byte])
        let place = to + 4 * byte
        target[place] = table[code]
        target[place + 1] = table[code + 1]
        target[place + 2] = table[code + 2]
        target[place + 3] = table[code + 3]
      }
      for row in 4 * whole..<rows {
        target[to + row] = table[4 * Int(source[from + whole]) + row - 4 * whole]
      }
    }
    return unfolded
  }
}
