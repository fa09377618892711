public import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import Provenance

/// Listens for coordinators and hands their frames to a hospital's service.
public struct HospitalServer: Sendable {
  /// The most connections at one time; more are closed at once.
  public static let connections = 64

  private let service: SiteService
  private let tls: PinnedTLS
  private let pins: Set<Digest>
  private let patience: Duration
  private let now: @Sendable () -> Date
  private let report: @Sendable (String) -> Void

  /// A server of a service.
  ///
  /// - Parameters:
  ///   - coordinators: who may connect.
  ///   - patience: how long a connection may take for one whole frame.
  ///   - report: takes a sentence for each connection that was cut off.
  public init(
    _ service: SiteService, tls: PinnedTLS, coordinators: [PeerPins],
    patience: Duration = .seconds(30), now: @escaping @Sendable () -> Date = { Date() },
    report: @escaping @Sendable (String) -> Void
  ) {
    self.service = service
    self.tls = tls
    pins = Set(coordinators.map(\.certificate))
    self.patience = patience
    self.now = now
    self.report = report
  }

  /// Serves until the task is cancelled.
  ///
  /// - Parameter started: is told the port when the server listens.
  public func run(
    at address: NetworkAddress, started: @escaping @Sendable (Int) -> Void
  ) async throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    do {
      try await serve(address, group, started)
      try await group.shutdownGracefully()
    } catch {
      try? await group.shutdownGracefully()
      throw error
    }
  }

  private func serve(
    _ address: NetworkAddress, _ group: MultiThreadedEventLoopGroup,
    _ started: @Sendable (Int) -> Void
  ) async throws {
    let context = try tls.serverContext()
    let limit = TimeAmount(patience)
    let open = OpenConnections(limit: Self.connections)
    let server = try await ServerBootstrap(group: group)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          guard open.enter() else { throw NetworkError("too many connections") }
          channel.closeFuture.whenComplete { _ in open.leave() }
          let handler = NIOSSLServerHandler(context: context) { shown, promise in
            let refusal = PinnedTLS.refusal(of: shown, pins: pins, at: now())
            if let refusal { report("a connection was refused: \(refusal)") }
            promise.succeed(refusal == nil ? .certificateVerified : .failed)
          }
          try FramePipeline.build(
            channel, tls: handler, patience: limit, taker: QuestionTaker(service, report: report))
        }
      }
      .bind(host: address.host, port: address.port).get()
    started(server.localAddress?.port ?? address.port)
    try await withTaskCancellationHandler {
      try await server.closeFuture.get()
    } onCancel: {
      server.close(promise: nil)
    }
  }
}
