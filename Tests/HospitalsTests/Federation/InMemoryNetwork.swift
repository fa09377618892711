import Foundation
import Hospitals
import Provenance
import Statistics
import Testing

/// Hospitals and a coordinator in one process: every message goes through bytes and signatures, and a
/// fault can be put on any way.
struct InMemoryNetwork {
  /// What happens to one question, instead of its answer.
  enum Fault {
    case silence
    case answer((Answer) -> [UInt8])
    case frame(([UInt8]) -> [UInt8])
  }

  var sites: [String: HospitalSite]
  let keys: [String: SigningKey]
  let coordinator = SigningKey()
  var generator = SplitMix64(seed: 11)
  var day = "2026-11-25"
  /// Whether the sites' budgets cover tables with noise.
  var hasBudget = false
  /// The bytes of the largest question and answer together.
  var largest = 0
  /// Every frame that a site sent.
  var frames: [(site: String, round: UInt32, frame: [UInt8])] = []
  var errors: [String] = []
  var receptions: [FederatedRun.Reception] = []

  init(_ sites: [HospitalSite]) {
    self.sites = Dictionary(uniqueKeysWithValues: sites.map { ($0.name, $0) })
    keys = Dictionary(uniqueKeysWithValues: sites.map { ($0.name, SigningKey()) })
  }

  /// Asks one site; what it sends, after the fault.
  mutating func send(
    _ question: Question, to name: String, _ fault: Fault? = nil
  ) throws -> [UInt8]? {
    guard var site = sites[name], let key = keys[name] else { return nil }
    let sent = SignedMessage.seal(question.bytes, .question, by: coordinator)
    let opened = try SignedMessage.open(sent, .question, by: coordinator.verifyingKey)
    let (answer, _) = site.answer(
      try Question(bytes: opened), from: "coordinator", on: day,
      noise: SystemRandomNumberGenerator(), spend: { _ in hasBudget })
    sites[name] = site
    var frame = SignedMessage.seal(answer.bytes, .answer, by: key)
    switch fault {
    case .silence: return nil
    case .answer(let change): frame = SignedMessage.seal(change(answer), .answer, by: key)
    case .frame(let change): frame = change(frame)
    case nil: break
    }
    largest = max(largest, sent.count + frame.count + 8)
    frames.append((name, question.round, frame))
    return frame
  }

  /// Asks a site the open question and hands its answer to the run.
  mutating func ask(_ name: String, _ run: inout FederatedRun, _ fault: Fault? = nil) throws {
    guard let question = run.question(nonce: MessageID(using: &generator)),
      let frame = try send(question, to: name, fault), let key = keys[name]
    else { return }
    do throws(MessageError) {
      let bytes = try SignedMessage.open(frame, .answer, by: key.verifyingKey)
      let answer = try Answer(bytes: bytes, to: question.body, shape: run.study.shape)
      receptions.append(run.take(answer, from: name, to: question))
    } catch {
      errors.append("\(error)")
    }
  }

  /// Asks until the run is done; false where a round stays open.
  mutating func finish(_ run: inout FederatedRun, attempts: Int = 3) throws -> Bool {
    while run.phase != .done {
      for _ in 0..<attempts {
        for name in run.awaited { try ask(name, &run) }
      }
      guard run.advance() else { return false }
    }
    return true
  }
}

/// Asks until the run is done, which it must be.
func expectFinish(_ network: inout InMemoryNetwork, _ run: inout FederatedRun) throws {
  let isDone = try network.finish(&run)
  #expect(isDone)
}
