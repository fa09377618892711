/// Reads the JSON of a safetensors header.
///
/// It is one object of objects, and nothing deeper is read. General JSON readers let a name occur twice and keep the last; this one refuses it.
struct HeaderParser {
  struct Entry {
    let name: String
    var type = ""
    var extents: [Int] = []
    var begin = 0
    var end = 0
  }

  private let bytes: ArraySlice<UInt8>
  private var place: Int

  init(bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    place = bytes.startIndex
  }

  mutating func parse() throws(SafetensorsError) -> (entries: [Entry], metadata: [String: String]) {
    // The reference implementation insists on the brace as the first byte, too.
    guard peek == UInt8(ascii: "{") else { throw failure("no opening brace") }
    var entries: [Entry] = []
    var metadata: [String: String] = [:]
    var names: Set<String> = []
    try object { (parser, name) throws(SafetensorsError) in
      guard names.insert(name).inserted else { throw .duplicateName(name) }
      if name == "__metadata__" {
        try parser.object { (parser, key) throws(SafetensorsError) in
          guard metadata[key] == nil else { throw .duplicateName(key) }
          metadata[key] = try parser.string()
        }
      } else {
        entries.append(try parser.entry(name))
      }
    }
    skipSpace()
    guard place == bytes.endIndex else { throw failure("text after the header's object") }
    return (entries, metadata)
  }

  private mutating func entry(_ name: String) throws(SafetensorsError) -> Entry {
    var entry = Entry(name: name)
    var seen: Set<String> = []
    try object { (parser, key) throws(SafetensorsError) in
      guard seen.insert(key).inserted else { throw .duplicateName("\(name).\(key)") }
      switch key {
      case "dtype": entry.type = try parser.string()
      case "shape": entry.extents = try parser.integers()
      case "data_offsets":
        let range = try parser.integers()
        guard range.count == 2 else { throw .invalidRange(tensor: name) }
        (entry.begin, entry.end) = (range[0], range[1])
      default: throw parser.failure("unknown key \"\(key)\"")
      }
    }
    guard seen.count == 3 else { throw failure("\"\(name)\" lacks a type, shape or range") }
    return entry
  }

  /// An object; the closure reads each value.
  private mutating func object(
    _ member: (inout HeaderParser, String) throws(SafetensorsError) -> Void
  ) throws(SafetensorsError) {
    try expect("{")
    if accept("}") { return }
    repeat {
      let key = try string()
      try expect(":")
      try member(&self, key)
    } while accept(",")
    try expect("}")
  }

  private mutating func integers() throws(SafetensorsError) -> [Int] {
    var result: [Int] = []
    try expect("[")
    if accept("]") { return result }
    repeat { result.append(try integer()) } while accept(",")
    try expect("]")
    return result
  }

  private mutating func integer() throws(SafetensorsError) -> Int {
    skipSpace()
    var value = 0
    let start = place
    while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      let (tens, first) = value.multipliedReportingOverflow(by: 10)
      let (sum, second) = tens.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
      guard !first, !second else { throw failure("a number beyond 64 bits") }
      value = sum
      place += 1
    }
    guard place > start else { throw failure("no whole number of 0 or more") }
    return value
  }

  private mutating func string() throws(SafetensorsError) -> String {
    try expect("\"")
    var units: [UInt8] = []
    while let byte = peek {
      place += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: units, as: UTF8.self) else {
          throw failure("a string that is not UTF-8")
        }
        return text
      case UInt8(ascii: "\\"): units.append(contentsOf: String(try escape()).utf8)
      case 0..<0x20: throw failure("a control character in a string")
      default: units.append(byte)
      }
    }
    throw failure("an unfinished string")
  }

  private mutating func escape() throws(SafetensorsError) -> Character {
    guard let byte = peek else { throw failure("an unfinished escape") }
    place += 1
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let first = try hexadecimal()
      guard (0xd800..<0xdc00).contains(first) else {
        guard let scalar = Unicode.Scalar(first) else { throw failure("half a surrogate pair") }
        return Character(scalar)
      }
      try expectAdjacent("\\")
      try expectAdjacent("u")
      let second = try hexadecimal()
      guard (0xdc00..<0xe000).contains(second),
        let scalar = Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
      else { throw failure("half a surrogate pair") }
      return Character(scalar)
    default: throw failure("an unknown escape")
    }
  }

  private mutating func hexadecimal() throws(SafetensorsError) -> UInt32 {
    guard bytes.endIndex - place >= 4,
      bytes[place..<place + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt32(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
    else { throw failure("no four hexadecimal digits") }
    place += 4
    return value
  }

  private var peek: UInt8? { place < bytes.endIndex ? bytes[place] : nil }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 {
      place += 1
    }
  }

  private mutating func accept(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard peek == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(SafetensorsError) {
    guard accept(character) else { throw failure("no \(character)") }
  }

  private mutating func expectAdjacent(_ character: Unicode.Scalar) throws(SafetensorsError) {
    guard peek == UInt8(ascii: character) else { throw failure("no \(character)") }
    place += 1
  }

  private func failure(_ what: String) -> SafetensorsError {
    .malformedHeader(at: place - bytes.startIndex, what)
  }
}
