import NIOCore
import NIOSSL

/// A connection as both sides use it: TLS, frames, patience, and one who takes the frames.
enum FramePipeline {
  /// Puts the handlers on a channel, on its event loop.
  static func build(
    _ channel: any Channel, tls: NIOSSLHandler, patience: TimeAmount,
    taker: some ChannelInboundHandler
  ) throws {
    let handlers = channel.pipeline.syncOperations
    try handlers.addHandler(tls)
    try handlers.addHandler(
      ByteToMessageHandler(FrameDecoder(), maximumBufferSize: 1 << 18))
    try handlers.addHandler(MessageToByteHandler(FrameEncoder()))
    try handlers.addHandler(Patience(patience))
    try handlers.addHandler(taker)
  }
}
