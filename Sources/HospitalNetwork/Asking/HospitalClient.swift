import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import Provenance
import Synchronization

/// Asks a hospital one question over a connection of its own.
struct HospitalClient: Sendable {
  let group: any EventLoopGroup
  let tls: PinnedTLS
  /// How long a connection, and then an answer, may take.
  let patience: Duration
  let now: @Sendable () -> Date

  /// The first frame that comes back.
  func ask(_ frame: [UInt8], of peer: SitePeer) async throws -> [UInt8] {
    let context = try tls.clientContext()
    let refusal = RefusalNote()
    let limit = TimeAmount(patience)
    let pins: Set = [peer.pins.certificate]
    let answer = group.next().makePromise(of: [UInt8].self)
    let connection: any Channel
    do {
      connection = try await ClientBootstrap(group: group)
        .connectTimeout(limit)
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            let handler = try NIOSSLClientHandler(
              context: context, serverHostname: nil,
              customVerificationCallback: { shown, promise in
                let reason = PinnedTLS.refusal(of: shown, pins: pins, at: now())
                refusal.reason.withLock { $0 = reason }
                promise.succeed(reason == nil ? .certificateVerified : .failed)
              })
            try FramePipeline.build(
              channel, tls: handler, patience: limit, taker: AnswerTaker(answer))
          }
        }
        .connect(host: peer.address.host, port: peer.address.port).get()
    } catch {
      answer.fail(error)
      throw NetworkError("no connection to \(peer.address)")
    }
    defer { connection.close(promise: nil) }
    connection.writeAndFlush(ByteBuffer(bytes: frame), promise: nil)
    do { return try await answer.futureResult.get() } catch {
      if let reason = refusal.reason.withLock({ $0 }) { throw NetworkError(reason) }
      throw error
    }
  }

  private final class RefusalNote: Sendable {
    let reason = Mutex<String?>(nil)
  }
}

/// Takes the first frame of a connection, or the reason that there is none.
private final class AnswerTaker: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  private let answer: EventLoopPromise<[UInt8]>

  init(_ answer: EventLoopPromise<[UInt8]>) { self.answer = answer }

  // A promise that is kept stays so: later frames and errors change nothing.
  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    answer.succeed(Array(unwrapInboundIn(data).readableBytesView))
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    answer.fail(error)
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    answer.fail(
      NetworkError(
        "no answer in time, or the connection was closed; a hospital closes it when this "
          + "coordinator's certificate or key is not the one it pinned"))
  }
}
