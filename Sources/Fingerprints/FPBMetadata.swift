/// The chunk META: the head of an FPS file without its first line.
struct FPBMetadata {
  private static let longest = 1 << 20

  private let text: [UInt8]
  /// The width it tells, if it does.
  let bitCount: Int?

  init(_ bytes: FPBBytes, _ range: Range<Int>?) throws(FPBError) {
    guard let range else {
      (text, bitCount) = ([], nil)
      return
    }
    guard range.count <= Self.longest else {
      throw .damaged(chunk: "META", why: "\(range.count) bytes, the limit is \(Self.longest)")
    }
    var text = bytes[range]
    if let last = text.last, last != UInt8(ascii: "\n") { text.append(UInt8(ascii: "\n")) }
    self.text = text
    do {
      bitCount = try Self.parse(text).bitCount
    } catch {
      guard error.reason == .unknownWidth else {
        throw .damaged(chunk: "META", why: error.description)
      }
      bitCount = nil
    }
  }

  /// All fields, with the width that the arena has.
  func header(width: Int) throws(FPBError) -> FPSHeader {
    do {
      if bitCount != nil { return try Self.parse(text) }
      return try Self.parse(text + Array("#num_bits=\(width)\n".utf8))
    } catch {
      throw .damaged(chunk: "META", why: error.description)
    }
  }

  private static func parse(_ text: [UInt8]) throws(FPSError) -> FPSHeader {
    var rest: [UInt8]? = Array("#FPS1\n".utf8) + text
    do {
      return try FPSReader(lineLimit: longest) {
        defer { rest = nil }
        return rest
      }.header
    } catch let error as FPSError {
      throw error
    } catch {
      throw FPSError(line: 0, reason: .header("\(error)"))
    }
  }
}
