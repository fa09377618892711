import Testing

@testable import Records

@Suite struct UnpackedBytesTests {
  private static let text = Array((0..<90_000).map { "line \($0)\n" }.joined().utf8)

  private func all(_ bytes: [UInt8]) throws -> [UInt8] {
    let stream = try UnpackedBytes(.bytes(bytes))
    var read: [UInt8] = []
    while let piece = try stream.next() {
      #expect(!piece.isEmpty)
      read += piece
    }
    #expect(try stream.next() == nil)
    return read
  }

  @Test func `plain and packed bytes come out the same`() throws {
    #expect(try all(Self.text) == Self.text)
    #expect(try all(gzipMember(Self.text)) == Self.text)
    #expect(try all([]) == [])
  }

  @Test func `cut gzip data are an error after what could be unpacked`() throws {
    let packed = gzipMember(Self.text)
    let stream = try UnpackedBytes(.bytes(Array(packed.dropLast(20))))
    var read: [UInt8] = []
    let error = #expect(throws: RecordError.self) {
      while let piece = try stream.next() { read += piece }
    }
    #expect(Self.text.starts(with: read) && read.count > 1_000)
    guard case .truncatedGzip = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
