import Foundation
import Governance
import HospitalNetwork
import Hospitals
import Provenance
import TestSupport

/// Hospitals that really listen on this machine, each with its own keys and journal.
struct LoopbackHospitals {
  let folder: ScratchFolder
  let study: StudyDefinition
  let coordinator: PeerPins
  let sites: [PeerPins]

  static let searchPath = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
  static let hasOpenSSL = searchPath.split(separator: ":").contains {
    FileManager.default.isExecutableFile(atPath: "\($0)/openssl")
  }

  init(_ names: [String] = ["site1", "site2", "site3"]) throws {
    folder = try ScratchFolder()
    let maker = KeyMaker(searchPath: Self.searchPath)
    coordinator = try maker.make("coordinator", in: folder.url, days: 2)
    sites = try names.map { [folder] in try maker.make($0, in: folder.url, days: 2) }
    study = try StudyDefinition(
      name: "s", model: .logistic, outcome: "y", terms: [.init("a", .standardised), .init("b")])
    for (number, name) in names.enumerated() {
      let rows = (0..<80).map { row in
        "\((row * 7 + number) % 3 == 0 ? 1 : 0),\(Double((row * 31 + number * 7) % 80) / 4),\(row % 2)"
      }
      try folder.write((["y,a,b"] + rows).joined(separator: "\n") + "\n", to: "\(name).csv")
    }
  }

  func tls(_ name: String) throws -> PinnedTLS {
    try PinnedTLS(
      certificate: folder.url.appending(path: "\(name).crt"),
      privateKey: folder.url.appending(path: "\(name).key"), now: Date())
  }

  func key(_ name: String) throws -> SigningKey {
    try SigningKey(fileAt: folder.url.appending(path: "\(name).signing"))
  }

  func journal(_ name: String) -> AuditJournal {
    AuditJournal(at: folder.url.appending(path: "\(name).journal"))
  }

  func service(_ name: String) throws -> SiteService {
    let ledger = SiteLedger(try journal(name).records().compactMap(SiteLedger.Entry.init))
    let table = try SiteTable(path: folder.path("\(name).csv"), studies: [study])
    return SiteService(
      site: HospitalSite(name: name, table: table, studies: [study], ledger: ledger),
      key: try key(name), coordinators: [coordinator], journal: journal(name))
  }

  func server(
    _ name: String, patience: Duration = .seconds(20), trusting: [PeerPins]? = nil,
    now: @escaping @Sendable () -> Date = { Date() },
    report: @escaping @Sendable (String) -> Void = { _ in }
  ) throws -> HospitalServer {
    HospitalServer(
      try service(name), tls: try tls(name), coordinators: trusting ?? [coordinator],
      patience: patience, now: now, report: report)
  }

  func inquiry(
    _ ports: [String: Int], deadline: Duration = .seconds(20), patience: Duration = .seconds(10),
    allowsMissing: Bool = false, as name: String = "coordinator",
    now: @escaping @Sendable () -> Date = { Date() },
    report: @escaping @Sendable (Inquiry.Event) -> Void = { _ in }
  ) throws -> Inquiry {
    var terms = Inquiry.Terms()
    terms.deadline = deadline
    terms.patience = patience
    terms.allowsMissing = allowsMissing
    let peers = try sites.map { pins in
      guard let address = NetworkAddress("127.0.0.1:\(ports[pins.name] ?? 1)") else {
        throw CocoaError(.coderInvalidValue)
      }
      return SitePeer(pins: pins, address: address)
    }
    return Inquiry(
      peers: peers, tls: try tls(name), key: try key(name),
      state: folder.url.appending(path: "state.json"), terms: terms, now: now, report: report)
  }
}

/// A server in the background of a test, and its port.
struct RunningServer {
  let port: Int
  let task: Task<Void, any Error>

  init(_ server: HospitalServer, port wanted: Int = 0) async throws {
    let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
    let address = NetworkAddress("127.0.0.1:\(wanted)")
    task = Task {
      defer { continuation.finish() }
      guard let address else { return }
      try await server.run(at: address) { continuation.yield($0) }
    }
    var found: Int?
    for await port in ports {
      found = port
      break
    }
    guard let found else {
      try await task.value
      throw CocoaError(.featureUnsupported)
    }
    port = found
  }

  func stop() async {
    task.cancel()
    _ = try? await task.value
  }
}
