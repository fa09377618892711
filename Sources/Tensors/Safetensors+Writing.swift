internal import CTensors

extension Safetensors {
  /// The file's bytes; names ascend, so that the same content gives the same bytes.
  ///
  /// - Parameter type: how numbers are kept; the 16-bit types round to nearest even.
  public func encoded(as type: NumberType = .float32) -> [UInt8] {
    var entries: [String] = []
    if !metadata.isEmpty {
      let notes = metadata.sorted { $0.key < $1.key }
        .map { "\(quoted($0.key)):\(quoted($0.value))" }
      entries.append("\"__metadata__\":{\(notes.joined(separator: ","))}")
    }
    let ordered = tensors.sorted { $0.key < $1.key }
    var position = 0
    for (name, tensor) in ordered {
      precondition(name != "__metadata__", "a tensor may not be called __metadata__")
      let end = position + tensor.count * type.byteCount
      let extents = tensor.shape.extents.map(String.init).joined(separator: ",")
      entries.append(
        "\(quoted(name)):{\"dtype\":\"\(type.rawValue)\",\"shape\":[\(extents)],"
          + "\"data_offsets\":[\(position),\(end)]}")
      position = end
    }
    var header = Array("{\(entries.joined(separator: ","))}".utf8)
    // Padded with spaces so that the numbers begin at a multiple of 8.
    while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + header.count + position)
    append(UInt64(header.count), to: &bytes)
    bytes.append(contentsOf: header)
    for (_, tensor) in ordered {
      for element in tensor.elements {
        switch type {
        case .float32: append(element.bitPattern, to: &bytes)
        case .bfloat16: append(ct_to_bfloat16(element), to: &bytes)
        case .float16: append(ct_to_half(element), to: &bytes)
        }
      }
    }
    return bytes
  }
}

private func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
  var rest = number
  for _ in 0..<(type(of: number).bitWidth / 8) {
    bytes.append(UInt8(truncatingIfNeeded: rest))
    rest >>= 8
  }
}

/// A JSON string; everything outside printable ASCII that JSON reserves is escaped.
private func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\u{0}"..<" ":
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
