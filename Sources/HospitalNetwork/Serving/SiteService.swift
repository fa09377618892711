public import Foundation
public import Governance
public import Hospitals
public import Provenance

/// A hospital behind its journal and its keys: a frame in, a signed frame out, nothing else.
///
/// One question at a time. What is answered stands in the journal, on the disk, before it leaves; a
/// journal that cannot be written answers nothing.
public actor SiteService {
  /// What is done with a frame.
  public enum Reply: Hashable, Sendable {
    /// Sends this.
    case frame([UInt8])
    /// Ends the connection: the frame is nobody's question.
    case cutOff(String)
  }

  private var site: HospitalSite
  private let key: SigningKey
  private let coordinators: [PeerPins]
  private let journal: AuditJournal
  private let budget: PrivacyBudget?
  private let now: @Sendable () -> Date

  /// A service whose hospital remembers what its journal says.
  public init(
    site: HospitalSite, key: SigningKey, coordinators: [PeerPins], journal: AuditJournal,
    budget: PrivacyBudget? = nil, now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.site = site
    self.key = key
    self.coordinators = coordinators
    self.journal = journal
    self.budget = budget
    self.now = now
  }

  /// Answers one frame of the peer that showed this certificate.
  public func reply(to frame: [UInt8], from certificate: Digest) -> Reply {
    guard let coordinator = coordinators.first(where: { $0.certificate == certificate }) else {
      return .cutOff("a peer without a pin")
    }
    let message: [UInt8]
    do throws(MessageError) {
      message = try SignedMessage.open(frame, .question, by: coordinator.key)
    } catch { return .cutOff("\(coordinator.name): \(error)") }
    do throws(MessageError) {
      return .frame(answer(try Question(bytes: message), from: coordinator.name))
    } catch .version {
      // The header of an answer is the same in every version, so the other side can tell.
      return .frame(seal(Answer(site: site.name, refusingVersionOf: message)))
    } catch { return .cutOff("\(coordinator.name): \(error)") }
  }

  private func seal(_ answer: Answer) -> [UInt8] {
    SignedMessage.seal(answer.bytes, .answer, by: key)
  }

  private func answer(_ question: Question, from coordinator: String) -> [UInt8] {
    let time = now()
    let before = site
    let (answer, entry) = site.answer(
      question, from: coordinator, on: String(time.formatted(.iso8601).prefix(10)),
      noise: SystemRandomNumberGenerator(),
      spend: { loss in
        guard let budget else { return false }
        return
          (try? budget.spend(
            loss, on: "table of \(question.study.short)", actor: coordinator, at: time)) != nil
      })
    var facts = entry.facts
    facts["answer"] = Digest(of: answer.bytes).hex
    facts.merge(question.body.facts) { kept, _ in kept }
    do {
      try journal.append(
        actor: coordinator, action: SiteLedger.Entry.action, facts: facts, at: time)
    } catch {
      site = before
      return seal(Answer(site: site.name, to: question, .refusal(.noJournal)))
    }
    return seal(answer)
  }
}

extension Question.Body {
  /// What is asked, for the hospital's auditor.
  var facts: [String: String] {
    func text(_ values: [Double]) -> String { values.map { "\($0)" }.joined(separator: " ") }
    func text(_ scalings: [Scaling]) -> String {
      scalings.map { "\($0.centre)/\($0.scale)" }.joined(separator: " ")
    }
    switch self {
    case .moments: return ["asked": "moments"]
    case .newton(let scalings, let coefficients):
      return [
        "asked": "newton", "scalings": text(scalings), "coefficients": text(coefficients),
      ]
    case .estimate(let scalings): return ["asked": "estimate", "scalings": text(scalings)]
    case .table: return ["asked": "table"]
    case .noisyTable(let numerator, let denominator):
      return ["asked": "noisy table", "epsilon": "\(numerator)/\(denominator)"]
    }
  }
}
