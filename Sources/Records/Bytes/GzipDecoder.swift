internal import CZlib

// The one place that calls zlib. zlib keeps the stream's address, so the stream lives in memory of
// its own; the pointers into the arrays are set and used within one call.

/// Unpacks gzip data piece by piece.
@safe final class GzipDecoder {
  /// What one step did.
  enum Step {
    /// Went on; more input or more room is needed.
    case running
    /// Reached the end of a member.
    case memberEnd
    /// Found damaged data.
    case corrupt(String)
  }

  private let stream: UnsafeMutablePointer<z_stream>
  private let isReady: Bool

  init() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    isReady = unsafe czlib_begin_gunzip(stream) == Z_OK
  }

  deinit {
    if isReady { _ = unsafe inflateEnd(stream) }
    unsafe stream.deinitialize(count: 1)
    unsafe stream.deallocate()
  }

  /// Makes ready for the next member.
  func beginMember() { if isReady { _ = unsafe inflateReset(stream) } }

  /// Unpacks from `input` at `position`, which moves on, and appends at most `room` bytes to
  /// `output`.
  func step(
    _ input: [UInt8], from position: inout Int, into output: inout [UInt8], room: Int
  ) -> Step {
    guard isReady else { return .corrupt("no memory to unpack") }
    let start = position
    var status = Z_OK
    var left = 0
    let unpacked = unsafe input.withUnsafeBufferPointer { source in
      unsafe [UInt8](unsafeUninitializedCapacity: room) { target, count in
        // zlib's interface is not const-correct; it only reads from next_in.
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)?
          .advanced(by: start)
        unsafe stream.pointee.avail_in = UInt32(source.count - start)
        unsafe stream.pointee.next_out = target.baseAddress
        unsafe stream.pointee.avail_out = UInt32(room)
        status = unsafe inflate(stream, Z_NO_FLUSH)
        left = unsafe Int(stream.pointee.avail_in)
        count = unsafe room - Int(stream.pointee.avail_out)
      }
    }
    position = input.count - left
    output.append(contentsOf: unpacked)
    switch status {
    case Z_STREAM_END: return .memberEnd
    case Z_OK, Z_BUF_ERROR: return .running
    default:
      let message = unsafe stream.pointee.msg
      return unsafe .corrupt(message.map { unsafe String(cString: $0) } ?? "error \(status)")
    }
  }
}
