import NIOCore
import NIOSSL
import Provenance

/// Hands a connection's frames to the hospital's service, one at a time, and sends what it replies.
final class QuestionTaker: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let service: SiteService
  private let report: @Sendable (String) -> Void
  private var isBusy = false

  init(_ service: SiteService, report: @escaping @Sendable (String) -> Void) {
    self.service = service
    self.report = report
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let frame = Array(unwrapInboundIn(data).readableBytesView)
    let pin: Digest
    do {
      let shown = try context.channel.pipeline.syncOperations.nioSSL_peerCertificate()
      guard let shown else { throw NetworkError("the peer shows no certificate") }
      // Whoever asks on before the answer came would have us hold frames for it.
      guard !isBusy else { throw NetworkError("a second question before the first was answered") }
      pin = try PinnedTLS.pin(of: shown)
    } catch { return cutOff(context, "\(error)") }
    isBusy = true
    let service = service
    let reply = context.eventLoop.makeFutureWithTask { await service.reply(to: frame, from: pin) }
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    let place = NIOLoopBound(context, eventLoop: context.eventLoop)
    reply.whenSuccess { reply in
      bound.value.isBusy = false
      switch reply {
      case .frame(let bytes):
        let answer = bound.value.wrapOutboundOut(ByteBuffer(bytes: bytes))
        place.value.writeAndFlush(answer, promise: nil)
      case .cutOff(let reason): bound.value.cutOff(place.value, reason)
      }
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A peer's fault ends its own connection and nothing else.
    cutOff(context, "\(error)")
  }

  private func cutOff(_ context: ChannelHandlerContext, _ reason: String) {
    report("a connection was cut off: \(reason)")
    context.close(promise: nil)
  }
}
