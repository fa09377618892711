import Foundation
import Hospitals
import Provenance
import Statistics
import Testing

@Suite struct FaultTests {
  private let hospitals: MadeUpHospitals
  private let study: StudyDefinition
  private let right: NewtonFit

  init() throws {
    hospitals = try MadeUpHospitals()
    study = try MadeUpHospitals.study(.logistic)
    var network = InMemoryNetwork(try hospitals.sites([study]))
    var run = try FederatedRun(
      study, sites: hospitals.names, run: MessageID(using: &network.generator))
    try expectFinish(&network, &run)
    right = try #require(run.fit)
  }

  private func begin(seed: UInt64 = 11) throws -> (InMemoryNetwork, FederatedRun) {
    var network = InMemoryNetwork(try hospitals.sites([study]))
    network.generator = SplitMix64(seed: seed)
    let run = try FederatedRun(
      study, sites: hospitals.names, run: MessageID(using: &network.generator))
    return (network, run)
  }

  @Test func `a site that is silent for a while is asked again, and the result is the same`() throws
  {
    var (network, run) = try begin()
    for name in run.awaited { try network.ask(name, &run, name == "site2" ? .silence : nil) }
    #expect(run.awaited == ["site2"])
    let isClosed = run.advance()
    #expect(!isClosed)
    try expectFinish(&network, &run)
    #expect(run.fit == right)
  }

  @Test func `a site that stays away is named, and there is no result`() throws {
    var (network, run) = try begin()
    network.sites["site3"] = nil
    let isDone = try network.finish(&run)
    #expect(!isDone)
    #expect(run.awaited == ["site3"])
    #expect(run.result == nil)
  }

  @Test func `left out on purpose, the result is the others' and says so`() throws {
    var (network, run) = try begin()
    for _ in 0..<3 {
      for name in run.awaited { try network.ask(name, &run) }
      let closed = run.advance()
      #expect(closed)
    }
    // It dies in the middle: the sums of the rounds before were with it.
    network.sites["site2"] = nil
    for name in run.awaited { try network.ask(name, &run) }
    let remains = run.leaveOut("site2", because: "no connection")
    #expect(remains)
    try expectFinish(&network, &run)
    let result = try #require(run.result)
    #expect(!result.isComplete)
    #expect(result.missing == ["site2": "no connection"])
    #expect(result.persons == ["site1": 400, "site3": 200])

    var others = InMemoryNetwork(try hospitals.sites([study]))
    var alone = try FederatedRun(
      study, sites: ["site1", "site3"], run: MessageID(using: &others.generator))
    try expectFinish(&others, &alone)
    #expect(alone.fit == run.fit)
  }

  @Test func `a late answer of a former round changes nothing`() throws {
    var (network, run) = try begin()
    let question = try #require(run.question(nonce: MessageID(using: &network.generator)))
    let frame = try #require(try network.send(question, to: "site1"))
    let bytes = try SignedMessage.open(
      frame, .answer, by: try #require(network.keys["site1"]).verifyingKey)
    let late = try Answer(bytes: bytes, to: question.body, shape: study.shape)
    for name in run.awaited { try network.ask(name, &run) }
    let closed = run.advance()
    #expect(closed)
    let before = run
    let first = run.take(late, from: "site1", to: question)
    #expect(first == .dropped)
    let now = try #require(run.question(nonce: MessageID(using: &network.generator)))
    let second = run.take(late, from: "site1", to: now)
    #expect(second == .dropped)
    #expect(run == before)
    try expectFinish(&network, &run)
    #expect(run.fit == right)
  }

  @Test func `an answer that is replayed, doubled or another site's changes nothing`() throws {
    var (network, run) = try begin()
    try expectFinish(&network, &run)
    var old: [Answer] = []
    let newton = Question.Body.newton(scalings: run.scalings, coefficients: run.place)
    for sent in network.frames {
      let key = try #require(network.keys[sent.site]).verifyingKey
      let bytes = try SignedMessage.open(sent.frame, .answer, by: key)
      for body in [.moments, newton] {
        if let answer = try? Answer(bytes: bytes, to: body, shape: study.shape) {
          old.append(answer)
        }
      }
    }
    #expect(old.count == network.frames.count)
    var (second, again) = try begin(seed: 12)
    while again.phase != .done {
      for name in again.awaited {
        let question = try #require(again.question(nonce: MessageID(using: &second.generator)))
        for answer in old {
          let own = again.take(answer, from: answer.site, to: question)
          let other = again.take(answer, from: name, to: question)
          #expect(own == .dropped && other == .dropped)
        }
        try second.ask(name, &again)
        let standing = again
        for _ in 0..<2 {
          let twice = again.take(old[0], from: name, to: question)
          #expect(twice == .dropped)
        }
        #expect(again == standing)
      }
      let closed = again.advance()
      #expect(closed)
    }
    #expect(again.fit == right)
  }

  @Test func `garbage, a flipped bit, a strange key and another version are told and asked again`()
    throws
  {
    var (network, run) = try begin()
    var generator = SplitMix64(seed: 5)
    let garbage = (0..<300).map { _ in UInt8.random(in: 0...255, using: &generator) }
    var faults: [InMemoryNetwork.Fault] = [
      .frame { _ in garbage }, .frame { _ in [] },
      .frame { _ in [UInt8](repeating: 1, count: 1 << 20) },
      .frame { $0.dropLast() + [$0[$0.count - 1] ^ 1] },
      .frame { SignedMessage.seal(Array($0.dropFirst(64)), .answer, by: SigningKey()) },
      .answer { [0, 9] + $0.bytes.dropFirst(2) },
    ]
    let expected = faults.count
    while run.phase != .done {
      for name in run.awaited {
        while name == "site1", let fault = faults.popLast() { try network.ask(name, &run, fault) }
        try network.ask(name, &run)
      }
      let closed = run.advance()
      #expect(closed)
    }
    #expect(network.errors.count == expected)
    #expect(network.errors.contains { $0.contains("version 9") })
    #expect(run.fit == right)
  }

  @Test func `a run read back from its file at any round goes on to the same result`() throws {
    var (network, run) = try begin()
    while run.phase != .done {
      for name in run.awaited {
        try network.ask(name, &run)
        run = try StableJSON.decode(FederatedRun.self, from: StableJSON.encode(run))
      }
      let closed = run.advance()
      #expect(closed)
      run = try StableJSON.decode(FederatedRun.self, from: StableJSON.encode(run))
    }
    #expect(run.fit == right)
  }

  @Test func `answers in any order give the same bytes`() throws {
    var (network, run) = try begin()
    while run.phase != .done {
      for name in run.awaited.reversed() { try network.ask(name, &run) }
      let closed = run.advance()
      #expect(closed)
    }
    #expect(run.fit == right)
  }
}
