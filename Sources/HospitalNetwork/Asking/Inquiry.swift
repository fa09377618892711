public import Foundation
public import Hospitals
import NIOCore
import NIOPosix
public import Provenance

/// A coordinator's run over the network: asks, waits, asks again, and writes its state after every
/// round.
public struct Inquiry: Sendable {
  /// How long is waited for whom, and what happens then.
  public struct Terms: Hashable, Sendable {
    /// How long one connection and its answer may take.
    public var patience = Duration.seconds(30)
    /// How long a round is tried again before a hospital counts as missing.
    public var deadline = Duration.seconds(300)
    /// Whether the run goes on without hospitals that are missing, and says so in its result.
    public var allowsMissing = false

    /// The usual terms.
    public init() {}
  }

  /// What happened on the way.
  public enum Event: Hashable, Sendable {
    /// A round begins, and so many are awaited.
    case round(UInt32, FederatedRun.Phase, awaited: Int)
    /// A try failed; another follows.
    case retry(site: String, reason: String)
    /// A hospital is not in the run any more.
    case missing(site: String, reason: String)
  }

  private let peers: [String: SitePeer]
  private let tls: PinnedTLS
  private let key: SigningKey
  private let state: URL
  private let terms: Terms
  private let now: @Sendable () -> Date
  private let report: @Sendable (Event) -> Void

  /// An inquiry of these hospitals, with its state in a file.
  public init(
    peers: [SitePeer], tls: PinnedTLS, key: SigningKey, state: URL, terms: Terms = Terms(),
    now: @escaping @Sendable () -> Date = { Date() },
    report: @escaping @Sendable (Event) -> Void = { _ in }
  ) {
    self.peers = Dictionary(peers.map { ($0.pins.name, $0) }) { first, _ in first }
    self.tls = tls
    self.key = key
    self.state = state
    self.terms = terms
    self.now = now
    self.report = report
  }

  /// The run of a study: the one in the state's file goes on where it stood.
  public func begin(
    _ study: StudyDefinition, compares: Bool, noise: PrivacyLoss? = nil
  ) throws -> FederatedRun {
    guard FileManager.default.fileExists(atPath: state.path) else {
      var generator = SystemRandomNumberGenerator()
      return try FederatedRun(
        study, sites: peers.keys.sorted(), run: MessageID(using: &generator), compares: compares,
        roster: study.masked == true ? roster : nil, noise: noise)
    }
    let found: FederatedRun
    do { found = try StableJSON.decode(FederatedRun.self, at: state) } catch {
      throw NetworkError("\(state.lastPathComponent) holds no run that can go on: \(error)")
    }
    let everyone = Set(found.sites).union(found.missing.keys)
    guard found.study == study, found.compares == compares, found.noise == noise,
      everyone == Set(peers.keys)
    else {
      throw NetworkError(
        "\(state.lastPathComponent) is of another study or other hospitals: "
          + "end that run, or remove the file")
    }
    return found
  }

  /// The digest of the hospitals' masking keys; nil where one has none.
  private var roster: Digest? {
    let keys = peers.compactMapValues(\.pins.masking)
    return keys.count == peers.count ? SiteMasking.roster(keys) : nil
  }

  /// Asks until the run is done.
  ///
  /// Throws where a hospital is missing that may not be; the state stays, and the same call goes on.
  public func finish(_ begun: FederatedRun) async throws -> FederatedRun {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let client = HospitalClient(group: group, tls: tls, patience: terms.patience, now: now)
    do {
      let run = try await rounds(begun, client)
      try await group.shutdownGracefully()
      return run
    } catch {
      try? await group.shutdownGracefully()
      throw error
    }
  }

  private func rounds(_ begun: FederatedRun, _ client: HospitalClient) async throws -> FederatedRun
  {
    var run = begun
    try StableJSON.write(run, to: state)
    while run.phase != .done {
      report(.round(run.round, run.phase, awaited: run.awaited.count))
      let failures = await ask(&run, client)
      if failures.isEmpty {
        guard run.advance() else { throw NetworkError("a round did not close") }
      } else {
        for (site, reason) in failures.sorted(by: { $0.key < $1.key }) {
          report(.missing(site: site, reason: reason))
        }
        guard terms.allowsMissing else { throw MissingHospitals(reasons: failures) }
        for (site, reason) in failures.sorted(by: { $0.key < $1.key }) {
          guard run.leaveOut(site, because: reason) else {
            throw MissingHospitals(reasons: run.missing.merging(failures) { first, _ in first })
          }
        }
      }
      try StableJSON.write(run, to: state)
    }
    return run
  }

  /// Asks every awaited hospital at once, and takes what comes back.
  /// - Returns: why the others did not answer.
  private func ask(_ run: inout FederatedRun, _ client: HospitalClient) async -> [String: String] {
    let open = run
    var failures: [String: String] = [:]
    await withTaskGroup(of: (String, Outcome).self) { tasks in
      for site in open.awaited {
        tasks.addTask { (site, await answer(of: site, open, client)) }
      }
      for await (site, outcome) in tasks {
        switch outcome {
        case .failure(let reason): failures[site] = reason
        case .answer(let answer, let question):
          switch run.take(answer, from: site, to: question) {
          case .taken: break
          case .dropped: failures[site] = "it answered another question"
          case .refused(let refusal): failures[site] = "it refuses: \(refusal)"
          }
        }
      }
    }
    return failures
  }

  private enum Outcome: Sendable {
    case answer(Answer, Question)
    case failure(String)
  }

  /// Tries until an answer to the open question comes, or time is over; waits longer each time.
  private func answer(
    of site: String, _ run: FederatedRun, _ client: HospitalClient
  ) async -> Outcome {
    guard let peer = peers[site] else { return .failure("nobody knows its address") }
    let clock = ContinuousClock()
    let end = clock.now + terms.deadline
    var pause = Duration.milliseconds(200)
    while true {
      var generator = SystemRandomNumberGenerator()
      guard let question = run.question(nonce: MessageID(using: &generator)) else {
        return .failure("nothing is asked")
      }
      let reason: String
      do {
        let answer = try await exchange(question, with: peer, run.study.shape, client)
        if answer.site == site, answer.answers(question) {
          guard case .refusal(let refusal) = answer.body, !refusal.isFinal else {
            return .answer(answer, question)
          }
          reason = "it refuses: \(refusal)"
        } else {
          reason = "an answer to another question was dropped"
        }
      } catch let error as MessageError {
        if case .version = error { return .failure("\(error)") }
        reason = "\(error)"
      } catch {
        reason = "\(error)"
      }
      guard clock.now + pause < end, !Task.isCancelled else { return .failure(reason) }
      report(.retry(site: site, reason: reason))
      try? await clock.sleep(for: pause)
      pause = min(pause * 2, .seconds(5))
    }
  }

  private func exchange(
    _ question: Question, with peer: SitePeer, _ shape: AnswerShape, _ client: HospitalClient
  ) async throws -> Answer {
    let frame = try await client.ask(
      SignedMessage.seal(question.bytes, .question, by: key), of: peer)
    let bytes = try SignedMessage.open(frame, .answer, by: peer.pins.key)
    return try Answer(bytes: bytes, to: question.body, shape: shape)
  }
}

extension Inquiry.Event: CustomStringConvertible {
  /// One line for a reader.
  public var description: String {
    switch self {
    case .round(let round, let phase, let awaited):
      "round \(round) (\(phase.rawValue)): \(awaited) hospitals are asked"
    case .retry(let site, let reason): "\(site) is asked again: \(reason)"
    case .missing(let site, let reason): "\(site) is missing: \(reason)"
    }
  }
}

/// Hospitals without which there is no result.
public struct MissingHospitals: Error, Hashable, Sendable, CustomStringConvertible {
  /// Why each of them is missing.
  public let reasons: [String: String]

  /// One line for a reader.
  public var description: String {
    let list = reasons.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" }
    return "no result, missing \(list.joined(separator: ", ")): run the same command again to go "
      + "on, or add --allow-missing to do without"
  }
}
