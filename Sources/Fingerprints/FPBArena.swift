/// The chunk AREN: fingerprints of one width, each in a slot that may be longer.
struct FPBArena: Sendable {
  let bitCount: Int
  let count: Int
  private let byteCount: Int
  /// Where the first slot begins.
  private let start: Int
  /// Bytes from one slot to the next.
  private let stride: Int

  /// - Parameter bitCount: the width that the metadata tell, if they do.
  init(_ bytes: FPBBytes, _ range: Range<Int>, bitCount told: Int?) throws(FPBError) {
    guard range.count >= 9 else { throw Self.damaged("\(range.count) bytes are no head") }
    let size = Int(bytes.number(UInt32.self, at: range.lowerBound))
    stride = Int(bytes.number(UInt32.self, at: range.lowerBound + 4))
    let spacer = Int(bytes.number(UInt8.self, at: range.lowerBound + 8))
    guard spacer <= range.count - 9 else { throw Self.damaged("the spacer passes its end") }
    start = range.lowerBound + 9 + spacer
    // By the description the first number counts bits; chemfp writes bytes. No slot is shorter than
    // its fingerprint, so a number that fits the slot counts bytes unless the metadata gainsay it.
    let isInBytes = told.map { Fingerprint.byteCount(bits: $0) == size } ?? (size <= stride)
    bitCount = told ?? (isInBytes ? 8 * size : size)
    guard isInBytes || size == bitCount else {
      throw Self.damaged("\(size) is neither the bytes nor the bits of \(bitCount) bits")
    }
    guard (1...Fingerprint.maximumBitCount).contains(bitCount) else {
      throw Self.damaged("a fingerprint has 1 to \(Fingerprint.maximumBitCount) bits")
    }
    byteCount = Fingerprint.byteCount(bits: bitCount)
    guard stride >= byteCount else {
      throw Self.damaged("slots of \(stride) bytes for fingerprints of \(byteCount)")
    }
    let rest = range.upperBound - start
    guard rest % stride == 0, rest / stride <= Int(UInt32.max) else {
      throw Self.damaged("\(rest) bytes are no number of slots of \(stride)")
    }
    count = rest / stride
  }

  func fingerprint(_ row: Int, in bytes: FPBBytes) throws(FPBError) -> Fingerprint {
    let slot = start + row * stride
    var words = [UInt64](repeating: 0, count: Fingerprint.wordCount(bits: bitCount))
    for word in 0..<byteCount / 8 { words[word] = bytes.number(UInt64.self, at: slot + 8 * word) }
    for byte in byteCount / 8 * 8..<byteCount {
      words[byte / 8] |= UInt64(bytes.number(UInt8.self, at: slot + byte)) << UInt64(byte % 8 * 8)
    }
    if bitCount % 64 != 0, words[words.count - 1] >> UInt64(bitCount % 64) != 0 {
      throw .row(row, why: "a bit past the width of \(bitCount) bits is set")
    }
    return Fingerprint(bitCount: bitCount, words: words)
  }

  /// Checks POPC, which tells where the rows of each popcount begin; nothing here relies on it.
  func check(popcounts range: Range<Int>, in bytes: FPBBytes) throws(FPBError) {
    guard range.count == 4 * (bitCount + 2) || range.count == 4 * (8 * byteCount + 2) else {
      throw .damaged(chunk: "POPC", why: "\(range.count) bytes for \(bitCount) bits")
    }
    var last = 0
    for place in Swift.stride(from: range.lowerBound, to: range.upperBound, by: 4) {
      let row = Int(bytes.number(UInt32.self, at: place))
      guard row >= last, row <= count, place > range.lowerBound || row == 0 else {
        throw .damaged(chunk: "POPC", why: "\(row) after \(last) among \(count) rows")
      }
      last = row
    }
    guard last == count else {
      throw .damaged(chunk: "POPC", why: "it ends at row \(last) of \(count)")
    }
  }

  private static func damaged(_ why: String) -> FPBError { .damaged(chunk: "AREN", why: why) }
}
