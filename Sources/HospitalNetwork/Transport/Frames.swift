import Hospitals
import NIOCore

/// Cuts the stream into frames: four bytes of length, then so many bytes.
///
/// A length above the bound ends the connection before a byte of the frame is kept.
struct FrameDecoder: ByteToMessageDecoder {
  typealias InboundOut = ByteBuffer

  mutating func decode(
    context: ChannelHandlerContext, buffer: inout ByteBuffer
  ) throws -> DecodingState {
    guard let length = buffer.getInteger(at: buffer.readerIndex, as: UInt32.self) else {
      return .needMoreData
    }
    guard length > 0, length <= FederationLimits.frameBytes else {
      throw NetworkError(
        "a frame of \(length) bytes was announced, "
          + "the bound is \(FederationLimits.frameBytes)")
    }
    guard buffer.readableBytes >= 4 + Int(length) else { return .needMoreData }
    buffer.moveReaderIndex(forwardBy: 4)
    guard let frame = buffer.readSlice(length: Int(length)) else { return .needMoreData }
    context.fireChannelRead(wrapInboundOut(frame))
    return .continue
  }

  mutating func decodeLast(
    context: ChannelHandlerContext, buffer: inout ByteBuffer, seenEOF: Bool
  ) throws -> DecodingState {
    // A frame that the other side broke off is none.
    .needMoreData
  }
}

/// Writes a frame behind its length.
struct FrameEncoder: MessageToByteEncoder {
  typealias OutboundIn = ByteBuffer

  func encode(data: ByteBuffer, out: inout ByteBuffer) throws {
    out.writeInteger(UInt32(clamping: data.readableBytes))
    out.writeImmutableBuffer(data)
  }
}

/// Why a connection, or a question over it, came to nothing.
public struct NetworkError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One sentence for a reader.
  public let description: String

  init(_ description: String) { self.description = description }
}
