/// Where the chunks of an FPB file lie.
///
/// After eight bytes of signature comes chunk after chunk: a 64-bit length, a name of four letters
/// and so many bytes. `FEND` is the last; what follows it is ignored, as is a chunk of another name.
struct FPBChunks {
  static let signature: [UInt8] = [0x46, 0x50, 0x42, 0x31, 0x0D, 0x0A, 0x00, 0x00]  // FPB1\r\n\0\0
  static let headBytes = 12

  /// The chunks that may be there once.
  enum Name: String, CaseIterable {
    case meta = "META"
    case arena = "AREN"
    case popcounts = "POPC"
    case ids = "FPID"
    case hash = "HASH"
    case wideHash = "HSH2"
    case end = "FEND"
  }

  private var ranges: [Name: Range<Int>] = [:]

  init(_ bytes: FPBBytes) throws(FPBError) {
    var place = Self.signature.count
    guard bytes.count >= place, bytes[0..<place] == Self.signature else { throw .notFPB }
    while ranges[.end] == nil {
      let start = place + Self.headBytes
      guard start <= bytes.count else { throw .truncated(at: place) }
      let length = bytes.number(UInt64.self, at: place)
      guard length <= UInt64(bytes.count - start) else { throw .truncated(at: place) }
      let end = start + Int(length)
      let name = String(decoding: bytes[place + 8..<start], as: UTF8.self)
      if let known = Name(rawValue: name) {
        guard ranges.updateValue(start..<end, forKey: known) == nil else {
          throw .repeated(chunk: name)
        }
      }
      place = end
    }
  }

  /// Where the contents of a chunk lie, nil where there is none.
  subscript(name: Name) -> Range<Int>? { ranges[name] }

  /// Where the contents of a chunk lie that must be there.
  func range(of name: Name) throws(FPBError) -> Range<Int> {
    guard let range = ranges[name] else { throw .missing(chunk: name.rawValue) }
    return range
  }
}
