/// The unpacked bytes of a gzip stream of one or more members.
///
/// What was unpacked before a damage is handed out first; the error comes with the next read.
final class GzipSource: ByteSource {
  private let name: String
  private let source: any ByteSource
  private let decoder = GzipDecoder()
  private var packed: [UInt8]
  private var position = 0
  private var isInsideMember = true
  private var unpackedBytes = 0
  private var failure: RecordError?

  /// Unpacks `begin`, bytes already taken from `source`, then what follows in `source`.
  init(_ source: any ByteSource, begin: [UInt8], name: String) {
    self.source = source
    self.packed = begin
    self.name = name
  }

  var bytesRead: Int { source.bytesRead }
  var totalBytes: Int? { source.totalBytes }

  func read(_ count: Int, into bytes: inout [UInt8]) throws(RecordError) -> Int {
    if let failure { throw failure }
    let held = bytes.count
    do throws(RecordError) {
      while bytes.count - held < count, try unpack(count - (bytes.count - held), into: &bytes) {}
    } catch {
      failure = error
      if bytes.count == held { throw error }
    }
    return bytes.count - held
  }

  /// One step; false at the end of the stream.
  private func unpack(_ room: Int, into bytes: inout [UInt8]) throws(RecordError) -> Bool {
    if position == packed.count {
      packed.removeAll(keepingCapacity: true)
      position = 0
      let got = try source.read(ByteWindow.pieceBytes, into: &packed)
      if got == 0 {
        if isInsideMember { throw .truncatedGzip(source: name, bytes: unpackedBytes) }
        return false
      }
    }
    if !isInsideMember {
      // Zeros after the last member are padding (tape blocks); anything else must be a member.
      while position < packed.count, packed[position] == 0 { position += 1 }
      if position == packed.count { return true }
      decoder.beginMember()
      isInsideMember = true
    }
    let held = bytes.count
    let step = decoder.step(packed, from: &position, into: &bytes, room: room)
    unpackedBytes += bytes.count - held
    switch step {
    case .running: break
    case .memberEnd: isInsideMember = false
    case .corrupt(let reason):
      throw .corruptGzip(source: name, bytes: unpackedBytes, reason: reason)
    }
    return true
  }
}
