import Foundation
import Hospitals
import Provenance
import Statistics
import Testing

@Suite struct MaskingTests {
  private let hospitals: MadeUpHospitals
  private let masked: StudyDefinition
  private let keys: [String: SigningKey]
  private let published: [String: String]

  init() throws {
    hospitals = try MadeUpHospitals()
    let plain = try MadeUpHospitals.study(.logistic)
    masked = try StudyDefinition(
      name: plain.name, model: plain.model, outcome: plain.outcome, terms: plain.terms, masked: true
    )
    keys = Dictionary(uniqueKeysWithValues: hospitals.names.map { ($0, SigningKey()) })
    published = keys.compactMapValues { $0.maskingKey?.publicHex }
  }

  private func site(_ number: Int, _ published: [String: String]) throws -> HospitalSite {
    let name = hospitals.names[number]
    let masking = SiteMasking(
      site: name, key: try #require(keys[name]?.maskingKey),
      partners: published.filter { $0.key != name })
    return HospitalSite(
      name: name, table: try hospitals.table(number, [masked]), studies: [masked],
      masking: masking)
  }

  private func run(_ network: inout InMemoryNetwork) throws -> FederatedRun {
    try FederatedRun(
      masked, sites: hospitals.names, run: MessageID(using: &network.generator),
      roster: SiteMasking.roster(published))
  }

  @Test func `masked sums give the fit of sums in the clear, and no hospital's persons`() throws {
    let plain = try MadeUpHospitals.study(.logistic)
    var clear = InMemoryNetwork(try hospitals.sites([plain]))
    var right = try FederatedRun(
      plain, sites: hospitals.names, run: MessageID(using: &clear.generator))
    try expectFinish(&clear, &right)
    var network = InMemoryNetwork(try (0..<3).map { try site($0, published) })
    var run = try run(&network)
    try expectFinish(&network, &run)
    let (one, other) = (try #require(run.fit), try #require(right.fit))
    for (a, b) in zip(one.coefficients + one.covariance, other.coefficients + other.covariance) {
      #expect(abs(a - b) < 1e-8)
    }
    #expect(run.result?.persons == ["all together": 900])
    #expect(network.largest <= 2_000)
  }

  @Test func `a masked answer alone says nothing: it changes wholly with the run`() throws {
    var network = InMemoryNetwork(try (0..<3).map { try site($0, published) })
    func answer(_ run: UInt64) throws -> [MaskedNumber] {
      let question = Question(
        study: masked.digest, run: MessageID(high: run, low: 0), round: 0,
        nonce: MessageID(using: &network.generator), body: .moments)
      let frame = try #require(try network.send(question, to: "site1"))
      let read = try Answer(bytes: Array(frame.dropFirst(64)), to: .moments, shape: masked.shape)
      let header =
        Answer(
          site: "site1", to: question, .refusal(.fewPersons)
        ).bytes.count - 2
      #expect(frame.count - 64 - header == masked.shape.bytes(.moments))
      guard case .masked(_, let numbers) = read.body else {
        Issue.record("\(read.body)")
        return []
      }
      return numbers
    }
    let shape = masked.shape
    #expect(shape.isMasked && shape.bytes(.moments) == 1 + 32 + 16 * 5)
    let (one, other, again) = (try answer(1), try answer(2), try answer(1))
    #expect(one.count == 5)
    #expect(zip(one, other).allSatisfy { $0 != $1 })
    #expect(one == again)
    // 400 persons would stand in the upper half.
    #expect(one[0].high != 400)
  }

  @Test func `hospitals with another partner's key, or one too few, give no number`() throws {
    var wrong = published
    wrong["site2"] = try #require(SigningKey().maskingKey).publicHex
    var network = InMemoryNetwork(
      [try site(0, published), try site(1, published), try site(2, wrong)])
    var run = try run(&network)
    let isDone = try network.finish(&run)
    #expect(!isDone)
    #expect(run.awaited == ["site3"])
    // Without it the others' pads stay: there is no way on.
    let goesOn = run.leaveOut("site3", because: "gone")
    #expect(!goesOn)
    #expect(run.result == nil)

    #expect(
      SiteMasking(
        site: "site1", key: try #require(keys["site1"]?.maskingKey),
        partners: published.filter { $0.key == "site2" }) == nil)
    var alone = InMemoryNetwork([
      HospitalSite(name: "site1", table: try hospitals.table(0, [masked]), studies: [masked])
    ])
    var second = try self.run(&alone)
    try alone.ask("site1", &second)
    #expect(alone.receptions == [.refused(.noMasks)])
  }

  @Test func `a masked study tells no estimate and no table, a plain one nothing masked`() throws {
    var network = InMemoryNetwork(try (0..<3).map { try site($0, published) })
    for body in [Question.Body.estimate(scalings: [.none, .none]), .table] {
      let question = Question(
        study: masked.digest, run: MessageID(high: 1, low: 0), round: 0,
        nonce: MessageID(using: &network.generator), body: body)
      let frame = try #require(try network.send(question, to: "site1"))
      let read = try Answer(bytes: Array(frame.dropFirst(64)), to: body, shape: masked.shape)
      #expect(read.body == .refusal(.wrongShape))
    }
    #expect(throws: HospitalError.self) {
      try FederatedRun(
        masked, sites: hospitals.names, run: MessageID(high: 1, low: 1), compares: true,
        roster: SiteMasking.roster(published))
    }
    #expect(throws: HospitalError.self) {
      try FederatedRun(masked, sites: hospitals.names, run: MessageID(high: 1, low: 1))
    }
  }
}
