internal import CTensors

extension Safetensors {
  /// The longest header that is read, as in the format's reference implementation.
  static let longestHeader: UInt64 = 100_000_000

  /// Reads a file's bytes.
  ///
  /// Every length, range and shape is checked against the bytes that are there, so that a lying
  /// header costs no more memory than the file itself. Ranges must cover the data exactly, without
  /// gaps or overlaps.
  public init(decoding bytes: [UInt8]) throws(SafetensorsError) {
    guard bytes.count >= 8 else { throw .truncated(expected: 8, found: bytes.count) }
    var length: UInt64 = 0
    for place in 0..<8 { length |= UInt64(bytes[place]) << (8 * UInt64(place)) }
    guard length <= Self.longestHeader else { throw .headerTooLong(bytes: length) }
    let start = 8 + Int(length)
    guard bytes.count >= start else { throw .truncated(expected: start, found: bytes.count) }
    var parser = HeaderParser(bytes: bytes[8..<start])
    let header = try parser.parse()

    var tensors: [String: Tensor] = [:]
    var claimed = 0
    for entry in header.entries.sorted(by: { ($0.begin, $0.end) < ($1.begin, $1.end) }) {
      guard let type = NumberType(rawValue: entry.type) else {
        throw .unsupportedType(entry.type, tensor: entry.name)
      }
      let shape = try Self.shape(of: entry)
      let (size, overflow) = shape.count.multipliedReportingOverflow(by: type.byteCount)
      guard !overflow, entry.begin == claimed, entry.end >= entry.begin,
        entry.end - entry.begin == size, entry.end <= bytes.count - start
      else { throw .invalidRange(tensor: entry.name) }
      claimed = entry.end
      let data = bytes[(start + entry.begin)..<(start + entry.end)]
      tensors[entry.name] = Tensor(shape, Self.numbers(data, type))
    }
    guard claimed == bytes.count - start else {
      throw .unclaimedBytes(bytes.count - start - claimed)
    }
    self.init(tensors: tensors, metadata: header.metadata)
  }

  private static func shape(of entry: HeaderParser.Entry) throws(SafetensorsError) -> Shape {
    guard entry.extents.count <= 8 else { throw .invalidShape(tensor: entry.name) }
    var count = 1
    // Zero extents may not hide the overflow of the others.
    for extent in entry.extents where extent > 0 {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard !overflow else { throw .invalidShape(tensor: entry.name) }
      count = product
    }
    return Shape(entry.extents)
  }

  private static func numbers(_ data: ArraySlice<UInt8>, _ type: NumberType) -> [Float] {
    var result: [Float] = []
    result.reserveCapacity(data.count / type.byteCount)
    for place in stride(from: data.startIndex, to: data.endIndex, by: type.byteCount) {
      let low = UInt16(data[place]) | UInt16(data[place + 1]) << 8
      switch type {
      case .float32:
        let high = UInt32(data[place + 2]) | UInt32(data[place + 3]) << 8
        result.append(Float(bitPattern: UInt32(low) | high << 16))
      case .bfloat16: result.append(ct_from_bfloat16(low))
      case .float16: result.append(ct_from_half(low))
      }
    }
    return result
  }
}
