import Foundation
import Governance
import Hospitals
import NIOCore
import NIOPosix
import NIOSSL
import Provenance
import Synchronization
import TestSupport
import Testing

@testable import HospitalNetwork

@Suite(.enabled(if: LoopbackHospitals.hasOpenSSL)) struct HostilePeerTests {
  /// Sends raw bytes, in TLS or without, and gives back what came until the other side closed.
  private func send(
    _ bytes: [UInt8], to port: Int, tls: PinnedTLS?, pieces: Int = 1, pause: Duration = .zero
  ) async throws -> Int {
    let context = try tls?.clientContext()
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          if let context {
            try channel.pipeline.syncOperations.addHandler(
              try NIOSSLClientHandler(
                context: context, serverHostname: nil,
                customVerificationCallback: { _, promise in promise.succeed(.certificateVerified) })
            )
          }
          return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    return try await channel.executeThenClose { inbound, outbound in
      let size = max(1, bytes.count / pieces)
      for start in stride(from: 0, to: bytes.count, by: size) {
        let piece = bytes[start..<min(start + size, bytes.count)]
        // The other side may close while we still send.
        guard (try? await outbound.write(ByteBuffer(bytes: piece))) != nil else { break }
        if pause > .zero { try await Task.sleep(for: pause) }
      }
      var received = 0
      do { for try await buffer in inbound { received += buffer.readableBytes } } catch {}
      return received
    }
  }

  @Test
  func `garbage, a huge frame, a false signature and a slow peer are cut off, others are served`()
    async throws
  {
    let hospitals = try LoopbackHospitals(["site1"])
    let said = Mutex<[String]>([])
    let server = try await RunningServer(
      hospitals.server(
        "site1", patience: .milliseconds(700), report: { text in said.withLock { $0.append(text) } }
      ))
    let coordinator = try hospitals.tls("coordinator")
    // No TLS at all.
    #expect(try await send([UInt8](repeating: 7, count: 4_000), to: server.port, tls: nil) < 200)
    // A frame of four gigabytes, then one just above the bound.
    #expect(
      try await send(
        [255, 255, 255, 255] + [UInt8](repeating: 0, count: 100_000),
        to: server.port, tls: coordinator) == 0)
    #expect(try await send([0, 1, 0, 1, 9, 9], to: server.port, tls: coordinator) == 0)
    // A frame of nothing, and one that no key signed.
    #expect(try await send([0, 0, 0, 0], to: server.port, tls: coordinator) == 0)
    #expect(
      try await send(
        [0, 0, 0, 200] + [UInt8](repeating: 3, count: 200),
        to: server.port, tls: coordinator) == 0)
    // A byte at a time never makes a frame within the patience.
    let begun = ContinuousClock.now
    #expect(
      try await send(
        [0, 0, 0, 200] + [UInt8](repeating: 3, count: 40), to: server.port,
        tls: coordinator, pieces: 44, pause: .milliseconds(60)) == 0)
    #expect(ContinuousClock.now - begun < .seconds(10))
    #expect(said.withLock { $0 }.contains { $0.contains("4294967295 bytes was announced") })
    #expect(said.withLock { $0 }.contains { $0.contains("not signed by the key") })

    let inquiry = try hospitals.inquiry(["site1": server.port])
    let run = try await inquiry.finish(try inquiry.begin(hospitals.study, compares: false))
    #expect(run.result != nil)
    await server.stop()
  }

  @Test func `a journal that cannot be written answers nothing`() async throws {
    let hospitals = try LoopbackHospitals(["site1"])
    let service = try hospitals.service("site1")
    // A folder stands where the journal should.
    try FileManager.default.createDirectory(
      at: hospitals.journal("site1").url, withIntermediateDirectories: true)
    let question = Question(
      study: hospitals.study.digest, run: MessageID(high: 1, low: 2), round: 0,
      nonce: MessageID(high: 3, low: 4), body: .moments)
    let frame = SignedMessage.seal(
      question.bytes, .question, by: try hospitals.key("coordinator"))
    let reply = await service.reply(to: frame, from: hospitals.coordinator.certificate)
    guard case .frame(let bytes) = reply else {
      Issue.record("\(reply)")
      return
    }
    let answer = try Answer(
      bytes: try SignedMessage.open(bytes, .answer, by: hospitals.sites[0].key), to: .moments,
      shape: hospitals.study.shape)
    #expect(answer.body == .refusal(.noJournal))
  }

  @Test func `another version is told from the answer's header, and a restart remembers`()
    async throws
  {
    let hospitals = try LoopbackHospitals(["site1"])
    let service = try hospitals.service("site1")
    let key = try hospitals.key("coordinator")
    var question = Question(
      study: hospitals.study.digest, run: MessageID(high: 1, low: 2), round: 0,
      nonce: MessageID(high: 3, low: 4), body: .moments)
    let pin = hospitals.coordinator.certificate
    let sealed = SignedMessage.seal(question.bytes, .question, by: key)
    guard case .frame = await service.reply(to: sealed, from: pin) else {
      Issue.record("the question is answered")
      return
    }
    // The same process, then a new one over the same journal.
    for service in [service, try hospitals.service("site1")] {
      guard case .frame(let bytes) = await service.reply(to: sealed, from: pin) else {
        Issue.record("a replay is refused in words")
        return
      }
      let answer = try Answer(
        bytes: try SignedMessage.open(bytes, .answer, by: hospitals.sites[0].key), to: .moments,
        shape: hospitals.study.shape)
      #expect(answer.body == .refusal(.replayed))
    }
    question.version = 7
    let later = SignedMessage.seal(question.bytes, .question, by: key)
    guard case .frame(let bytes) = await service.reply(to: later, from: pin) else {
      Issue.record("another version is refused in words")
      return
    }
    // A program of version 7 reads the first two bytes and sees version 1.
    #expect(Array(bytes.dropFirst(64).prefix(2)) == [0, 1])
    #expect(
      await service.reply(to: sealed, from: Digest(of: "a stranger"))
        == .cutOff("a peer without a pin"))
  }
}
