internal import LinearAlgebra
internal import Parallelism

extension StandardisedGenotypes {
  /// People of a strip of the matrix that one thread makes.
  private static let strip = 512

  /// The relationship matrix: the mean of z · z over the variants that both people have.
  ///
  /// Each pair is divided by its own number of variants, as plink2 does; only the lower triangle is
  /// filled. A pair without a variant has 0.
  /// - Complexity: O(people² × variants), memory O(people²)
  func relationships(_ pool: WorkerPool) -> Matrix<Double> {
    let order = rows.count
    let strips = stride(from: 0, to: order, by: Self.strip).map {
      $0..<min($0 + Self.strip, order)
    }
    let parts = pool.map(strips.count) { relationships(of: strips[$0]) }
    var elements = [Double](repeating: 0, count: order * order)
    for (strip, part) in zip(strips, parts) {
      for person in strip {
        let start = (person - strip.lowerBound) * strip.upperBound
        elements.replaceSubrange(
          person * order..<person * order + strip.upperBound,
          with: part[start..<start + strip.upperBound])
      }
    }
    return Matrix(rows: order, columns: order, elements: elements)
  }

  /// The rows of these people, each up to the strip's last person.
  private func relationships(of strip: Range<Int>) -> [Double] {
    let width = strip.upperBound
    var sums = [Double](repeating: 0, count: strip.count * width)
    var bothMissing = [Int32](repeating: 0, count: strip.count * width)
    var absent = [Int](repeating: 0, count: width)
    for number in 0..<blocks {
      let block = block(number)
      var (left, right): ([Double], [Double]) = ([], [])
      left.reserveCapacity(block.count * strip.count)
      right.reserveCapacity(block.count * width)
      for variant in 0..<block.count {
        let start = variant * rows.count
        left += block.values[start + strip.lowerBound..<start + width]
        right += block.values[start..<start + width]
        let missing = block.missing[variant].filter { $0 < width }
        for person in missing { absent[person] += 1 }
        for person in missing where person >= strip.lowerBound {
          let row = (person - strip.lowerBound) * width
          for other in missing { bothMissing[row + other] += 1 }
        }
      }
      var target = sums.mutableSpan
      multiply(
        left.span, .transposed, by: right.span,
        shape: ProductShape(rows: strip.count, columns: width, inner: block.count), keeping: 1,
        into: &target)
    }
    for person in strip {
      for other in 0...person {
        let place = (person - strip.lowerBound) * width + other
        let known = variants.count - absent[person] - absent[other] + Int(bothMissing[place])
        sums[place] = known > 0 ? sums[place] / Double(known) : 0
      }
    }
    return sums
  }
}
