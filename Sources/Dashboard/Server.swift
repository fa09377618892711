import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Serves a dashboard over HTTP/1.1.
public struct Server: Sendable {
  private let dashboard: Dashboard
  private let followers: Followers
  private let host: String
  private let port: Int
  private let announce: @Sendable (Int) -> Void

  /// Prepares a server.
  ///
  /// - Parameters:
  ///   - host: the address to listen at.
  ///   - port: the port; 0 for any that is free.
  ///   - announce: told the port when the server listens.
  public init(
    _ dashboard: Dashboard, host: String, port: Int,
    announce: @escaping @Sendable (Int) -> Void
  ) {
    self.dashboard = dashboard
    followers = Followers(dashboard)
    self.host = host
    self.port = port
    self.announce = announce
  }

  /// Serves until the process is asked to stop (SIGTERM, SIGINT).
  public func run() async throws {
    let announce = announce
    let logger = Logger(label: "osong") { _ in LineLog() }
    var application = Application(
      responder: CallbackResponder<BasicRequestContext> { request, _ in
        await respond(to: request, logger)
      },
      server: .http1(
        configuration: .init(
          idleTimeout: .seconds(60),
          httpDecoderConfiguration: .init(
            maxHeaderFieldSize: 1 << 16, maxHeaderListSize: 1 << 17, maxHeaderFieldCount: 100))),
      configuration: .init(address: .hostname(host, port: port), serverName: "osong"),
      onServerRunning: { channel in announce(channel.localAddress?.port ?? 0) },
      logger: logger)
    application.addServices(EndOfStreams(followers: followers))
    try await application.runService()
  }

  private func respond(to request: Request, _ logger: Logger) async -> Response {
    let start = ContinuousClock.now
    let response = await respond(to: request)
    // The path alone: a query can hold names.
    logger.info(
      "request",
      metadata: [
        "method": "\(request.method.rawValue)", "path": "\(request.uri.path.prefix(200))",
        "status": "\(response.status.code)",
        "milliseconds": "\((ContinuousClock.now - start) / .milliseconds(1))",
      ])
    return response
  }

  private func respond(to request: Request) async -> Response {
    let question = Question(
      Question.Method(rawValue: request.method.rawValue), target: request.head.path ?? "/",
      host: request.head.authority ?? "",
      authorization: request.headers[.authorization])
    guard let question else {
      return await response(to: .fault(400, "the address cannot be read"), isHead: false)
    }
    return await response(to: dashboard.answer(question), isHead: question.method == .head)
  }

  private func response(to answer: Answer, isHead: Bool) async -> Response {
    var headers = HTTPFields()
    headers[.contentType] = answer.type
    for (name, value) in answer.headers {
      if let field = HTTPField.Name(name) { headers[field] = value }
    }
    let status = HTTPResponse.Status(code: answer.status)
    switch answer.body {
    case .text(let text):
      let body = ByteBuffer(string: text)
      headers[.contentLength] = "\(body.readableBytes)"
      return Response(
        status: status, headers: headers,
        body: isHead ? ResponseBody() : ResponseBody(byteBuffer: body))
    case .file(let url):
      let size = try? FileManager.default.attributesOfItem(atPath: url.path)[.size] as? NSNumber
      guard let size, let handle = try? FileHandle(forReadingFrom: url) else {
        return await response(to: .fault(404, "there is no such page"), isHead: isHead)
      }
      headers[.contentLength] = size.stringValue
      return Response(
        status: status, headers: headers,
        body: isHead ? ResponseBody() : Self.body(of: handle, size.intValue))
    case .events(let job):
      if isHead { return Response(status: status, headers: headers) }
      guard let stream = await followers.follow(job) else {
        return await response(to: .fault(503, "too many follow jobs here"), isHead: false)
      }
      return Response(
        status: status, headers: headers,
        body: ResponseBody { writer in
          for await text in stream {
            try await writer.write(ByteBuffer(string: "data: \(text)\n\n"))
          }
          try await writer.finish(nil)
        })
    }
  }

  /// A file in pieces, so that a large result costs no memory.
  private static func body(of handle: FileHandle, _ size: Int) -> ResponseBody {
    ResponseBody(contentLength: size) { writer in
      defer { try? handle.close() }
      var rest = size
      while rest > 0, let piece = try handle.read(upToCount: min(rest, 1 << 16)), !piece.isEmpty {
        rest -= piece.count
        try await writer.write(ByteBuffer(bytes: piece))
      }
      try await writer.finish(nil)
    }
  }
}
