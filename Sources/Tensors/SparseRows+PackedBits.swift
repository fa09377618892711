internal import CTensors

extension SparseRows {
  /// The set bits of packed rows, such as stored fingerprints.
  ///
  /// - Parameters:
  ///   - words: the rows one after another, bit `i` of a row in word `i / 64`, lowest bit first.
  ///   - bitCount: the bits of a row, a multiple of 64.
  /// - Complexity: O(words + set bits)
  public init(packedBits words: Span<UInt64>, bitCount: Int) {
    precondition(bitCount > 0 && bitCount % 64 == 0, "rows of \(bitCount) bits")
    let width = bitCount / 64
    precondition(words.count % width == 0, "\(words.count) words are not whole rows of \(width)")
    let rows = words.count / width
    var total = 0
    for index in words.indices { total += words[index].nonzeroBitCount }
    var offsets = [Int32](repeating: 0, count: rows + 1)
    let indices = unsafe [Int32](unsafeUninitializedCapacity: total) { buffer, initialized in
      unsafe words.withUnsafeBufferPointer { words in
        // No words or no room: nothing is set.
        guard let source = words.baseAddress, let target = buffer.baseAddress else { return }
        for row in 0..<rows {
          initialized += unsafe ct_set_bits(source + row * width, width, target + initialized)
          offsets[row + 1] = Int32(initialized)
        }
      }
    }
    self.init(trusted: bitCount, offsets, indices, nil)
  }
}
