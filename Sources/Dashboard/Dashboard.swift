public import Campaigns
public import Foundation
public import Jobs

/// The pages and the JSON of the queue, of nights, results and models.
///
/// A value that turns questions into answers: no socket, no thread, so that tests ask it directly.
/// Nothing of a question ever becomes a path or a query of the database: names are looked up among
/// those that were given at the start, numbers are read as numbers. What changes anything needs the
/// token in a header; there are no cookies, so no page of a stranger can act for a reader.
public struct Dashboard: Sendable {
  /// What is shown.
  public struct Sources: Sendable {
    /// The stores of nightly plans, by name.
    public var nights: [String: URL]
    /// The result folders, by name.
    public var results: [String: URL]
    /// The model folders, by name.
    public var models: [String: URL]

    /// Names the folders by their last part; a name that comes twice gets a number.
    public init(nights: [URL] = [], results: [URL] = [], models: [URL] = []) {
      self.nights = Self.named(nights)
      self.results = Self.named(results)
      self.models = Self.named(models)
    }

    private static func named(_ folders: [URL]) -> [String: URL] {
      var named: [String: URL] = [:]
      for folder in folders {
        var name = folder.lastPathComponent
        var number = 2
        while named[name] != nil {
          name = "\(folder.lastPathComponent)-\(number)"
          number += 1
        }
        named[name] = folder
      }
      return named
    }
  }

  let store: SQLiteJobStore
  let logs: CommandLogs
  let sources: Sources
  let token: Token
  /// The hosts that may be asked for, without ports: no other name may lead here (DNS rebinding).
  let hosts: Set<String>
  let now: @Sendable () -> Date

  /// Prepares a dashboard.
  ///
  /// - Parameters:
  ///   - hosts: the names of this server beside those of the machine itself.
  ///   - now: the clock.
  public init(
    store: SQLiteJobStore, logs: CommandLogs, sources: Sources, token: Token,
    hosts: Set<String> = [], now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.store = store
    self.logs = logs
    self.sources = sources
    self.token = token
    self.hosts = hosts.union(["localhost", "127.0.0.1", "[::1]"])
    self.now = now
  }

  /// Answers a question; whatever goes wrong is an answer too.
  public func answer(_ question: Question) -> Answer {
    var answer = answered(question)
    answer.headers.merge(Answer.protection) { own, _ in own }
    return answer
  }

  private func answered(_ question: Question) -> Answer {
    guard hosts.contains(Self.name(ofHost: question.host)) else {
      return .fault(421, "this server is not \(question.host.prefix(100)); --allow-host names it")
    }
    do {
      guard let route = Route(question.path) else {
        return .fault(404, "there is no such page")
      }
      guard let method = question.method, route.methods.contains(method) else {
        var answer = Answer.fault(405, "this page does not know that method")
        answer.headers["allow"] = route.methods.map(\.rawValue).sorted().joined(separator: ", ")
        return answer
      }
      if route.changesState, !token.admits(question.authorization) {
        var answer = Answer.fault(401, "this needs the header `Authorization: Bearer TOKEN`")
        answer.headers["www-authenticate"] = "Bearer"
        return answer
      }
      return try answer(to: route, question.query)
    } catch let fault as Fault {
      return .fault(fault.status, fault.message)
    } catch let error as JobStoreError {
      if case .unknownJob = error { return .fault(404, "\(error)") }
      if case .forbidden = error { return .fault(409, "\(error)") }
      return .fault(503, "\(error)")
    } catch let error as NightError {
      return .fault(500, "\(error)")
    } catch {
      return .fault(500, "the answer could not be made")
    }
  }

  private func answer(to route: Route, _ query: [String: String]) throws -> Answer {
    switch route {
    case .queue: try queuePage(query)
    case .job(let id): try jobPage(id)
    case .nights(let name): try nightsPage(name, query)
    case .nightFile(let name, let night, let list, let file):
      try nightFile(name, night, list, file)
    case .resultFile(let name, let file): try resultFile(name, file)
    case .model(let name): try modelCard(name)
    case .health: try health()
    case .metrics: try metrics()
    case .openAPI: .init(type: "application/json", .text(OpenAPI.text))
    case .apiJobs: try apiJobs(query)
    case .apiJob(let id): try .json(view(of: store.job(id)))
    case .apiEvents(let id): try events(id)
    case .apiCancel(let id): try cancel(id)
    case .apiRetry(let id): try retry(id)
    }
  }

  private static func name(ofHost host: String) -> String {
    if host.hasPrefix("[") { return String(host.prefix { $0 != "]" }) + "]" }
    return host.prefix { $0 != ":" }.lowercased()
  }

  /// Why a question has no answer.
  struct Fault: Error {
    let status: Int
    let message: String
  }
}
