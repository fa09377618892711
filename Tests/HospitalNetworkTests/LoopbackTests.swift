import Foundation
import Governance
import HospitalNetwork
import Hospitals
import Provenance
import Statistics
import Synchronization
import TestSupport
import Testing

@Suite(.enabled(if: LoopbackHospitals.hasOpenSSL)) struct LoopbackTests {
  private func pooled(
    _ hospitals: LoopbackHospitals, _ run: FederatedRun, without: Set<String> = []
  )
    throws -> NewtonFit
  {
    var (y, a, b): ([Double], [Double], [Double]) = ([], [], [])
    for site in hospitals.sites where !without.contains(site.name) {
      let text = try String(
        contentsOfFile: hospitals.folder.path("\(site.name).csv"), encoding: .utf8)
      for line in text.split(separator: "\n").dropFirst() {
        let fields = line.split(separator: ",").compactMap { Double($0) }
        y.append(fields[0])
        a.append(run.scalings[0](fields[1]))
        b.append(fields[2])
      }
    }
    return try RegressionFamily.logistic.fit(y, Design([y.map { _ in 1 }, a, b])).get()
  }

  private func expectRight(
    _ run: FederatedRun, _ hospitals: LoopbackHospitals, without: Set<String> = []
  )
    throws
  {
    let fit = try #require(run.fit)
    let right = try pooled(hospitals, run, without: without)
    for (one, other) in zip(
      fit.coefficients + fit.covariance, right.coefficients + right.covariance)
    {
      #expect(abs(one - other) < 1e-8)
    }
  }

  @Test
  func `three hospitals over TLS fit what their pooled rows fit, and write down what they told`()
    async throws
  {
    let hospitals = try LoopbackHospitals()
    var servers: [RunningServer] = []
    var ports: [String: Int] = [:]
    for site in hospitals.sites {
      let server = try await RunningServer(hospitals.server(site.name))
      servers.append(server)
      ports[site.name] = server.port
    }
    let inquiry = try hospitals.inquiry(ports)
    let run = try await inquiry.finish(try inquiry.begin(hospitals.study, compares: true))
    try expectRight(run, hospitals)
    #expect(run.estimates.count == 3)
    for server in servers { await server.stop() }
    for site in hospitals.sites {
      let records = try hospitals.journal(site.name).records()
      #expect(records.count == Int(run.round))
      #expect(records.allSatisfy { $0.actor == "coordinator" })
      #expect(records.allSatisfy { SiteLedger.Entry($0) != nil && $0.facts["answer"] != nil })
      #expect(records[1].facts["coefficients"] == "0.0 0.0 0.0")
    }
  }

  @Test func `a hospital that dies in the middle and comes back is asked again`() async throws {
    let hospitals = try LoopbackHospitals()
    let first = try await RunningServer(hospitals.server("site1"))
    let second = try await RunningServer(hospitals.server("site2"))
    let third = try await RunningServer(hospitals.server("site3"))
    let (events, continuation) = AsyncStream.makeStream(of: Inquiry.Event.self)
    let ports = ["site1": first.port, "site2": second.port, "site3": third.port]
    let inquiry = try hospitals.inquiry(ports, report: { continuation.yield($0) })
    let begun = try inquiry.begin(hospitals.study, compares: false)
    let running = Task { () throws -> FederatedRun in
      defer { continuation.finish() }
      return try await inquiry.finish(begun)
    }
    var again: RunningServer?
    for await event in events {
      if case .round(1, _, _) = event, again == nil { await third.stop() }
      if case .retry("site3", _) = event, again == nil {
        again = try await RunningServer(hospitals.server("site3"), port: third.port)
      }
    }
    let run = try await running.value
    try expectRight(run, hospitals)
    #expect(run.missing.isEmpty)
    for server in [first, second, again].compactMap({ $0 }) { await server.stop() }
  }

  @Test
  func `a hospital that stays away is named, and with leave the result is the others' and says so`()
    async throws
  {
    let hospitals = try LoopbackHospitals()
    let first = try await RunningServer(hospitals.server("site1"))
    let second = try await RunningServer(hospitals.server("site2"))
    let ports = ["site1": first.port, "site2": second.port]
    let strict = try hospitals.inquiry(ports, deadline: .milliseconds(500))
    let begun = try strict.begin(hospitals.study, compares: false)
    await #expect(throws: MissingHospitals.self) { try await strict.finish(begun) }
    // The state of the run stays: the same run goes on, now with leave.
    let lenient = try hospitals.inquiry(ports, deadline: .milliseconds(500), allowsMissing: true)
    let resumed = try lenient.begin(hospitals.study, compares: false)
    #expect(resumed.run == begun.run)
    let run = try await lenient.finish(resumed)
    #expect(Array(run.missing.keys) == ["site3"])
    #expect(run.result?.isComplete == false)
    try expectRight(run, hospitals, without: ["site3"])
    await first.stop()
    await second.stop()
  }

  @Test
  func `a strange coordinator, a strange hospital and an expired certificate are refused in words`()
    async throws
  {
    let hospitals = try LoopbackHospitals(["site1"])
    let stranger = try KeyMaker(searchPath: LoopbackHospitals.searchPath)
      .make("stranger", in: hospitals.folder.url, days: 2)
    let said = Mutex<[String]>([])
    let server = try await RunningServer(
      hospitals.server("site1", report: { text in said.withLock { $0.append(text) } }))
    let ports = ["site1": server.port]

    func reason(_ inquiry: Inquiry) async throws -> String {
      do {
        _ = try await inquiry.finish(try inquiry.begin(hospitals.study, compares: false))
        return "none"
      } catch let error as MissingHospitals { return error.reasons["site1"] ?? "" }
    }
    // Shows another certificate than the hospital pinned.
    let strange = try await reason(
      hospitals.inquiry(ports, deadline: .milliseconds(100), as: "stranger"))
    #expect(strange != "none")
    #expect(said.withLock { $0 }.contains { $0.contains("its certificate is not the pinned one") })
    // Ten years on the hospital's certificate has expired.
    let later = try await reason(
      hospitals.inquiry(
        ports, deadline: .milliseconds(100), now: { Date() + 315_360_000 }))
    #expect(later.contains("its certificate expired on "), "\(later)")
    await server.stop()
    // Another hospital answers at the address.
    let other = HospitalServer(
      try hospitals.service("site1"), tls: try hospitals.tls("stranger"),
      coordinators: [hospitals.coordinator], report: { _ in })
    let impostor = try await RunningServer(other, port: server.port)
    let wrong = try await reason(hospitals.inquiry(ports, deadline: .milliseconds(100)))
    #expect(wrong.contains("not the pinned one"), "\(wrong)")
    await impostor.stop()
    #expect(try hospitals.journal("site1").records().isEmpty)
    _ = stranger
    #expect(throws: NetworkError.self) {
      try PinnedTLS(
        certificate: hospitals.folder.url.appending(path: "site1.crt"),
        privateKey: hospitals.folder.url.appending(path: "site1.key"),
        now: Date() + 315_360_000)
    }
  }
}
