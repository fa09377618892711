import NIOCore

/// Ends a connection on which no whole frame came within a time: silent, or a byte at a time.
final class Patience: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private let limit: TimeAmount
  private var timer: Scheduled<Void>?

  init(_ limit: TimeAmount) { self.limit = limit }

  func handlerAdded(context: ChannelHandlerContext) { start(context) }

  func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.cancel()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    timer?.cancel()
    start(context)
    context.fireChannelRead(data)
  }

  private func start(_ context: ChannelHandlerContext) {
    let place = NIOLoopBound(context, eventLoop: context.eventLoop)
    let seconds = Double(limit.nanoseconds) / 1e9
    timer = context.eventLoop.scheduleTask(in: limit) {
      // The error first: closing says farewell in TLS, and an answer that came meanwhile is too late.
      place.value.fireErrorCaught(NetworkError("no whole frame came within \(seconds) s"))
      place.value.close(promise: nil)
    }
  }
}
