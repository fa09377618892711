import Campaigns
import Foundation
import Jobs
import Provenance
import TestSupport
import Testing

@testable import Dashboard

@Suite struct DashboardTests {
  private let scratch: ScratchFolder
  private let store: SQLiteJobStore
  private let dashboard: Dashboard
  private static let now = Date(timeIntervalSince1970: 1_800_000_000)

  init() throws {
    scratch = try ScratchFolder()
    store = try SQLiteJobStore()
    for name in ["result", "m.model"] {
      try FileManager.default.createDirectory(
        at: scratch.url.appending(path: name), withIntermediateDirectories: true)
    }
    try scratch.write("<p>hits</p>", to: "result/report.html")
    try scratch.write("secret", to: "result/secret.txt")
    try scratch.write("# tiny", to: "m.model/CARD.md")
    dashboard = Dashboard(
      store: store, logs: CommandLogs(in: scratch.url.appending(path: "logs")),
      sources: .init(
        nights: [scratch.url.appending(path: "nights")],
        results: [scratch.url.appending(path: "result")],
        models: [scratch.url.appending(path: "m.model")]),
      token: Token("0123456789abcdef0123456789abcdef"), now: { Self.now })
  }

  @discardableResult
  private func submit(_ words: [String], user: String = "kim") throws -> Int64 {
    let payload = CommandPayload(plan: "plan", step: "step", words: words, folder: "/")
    return try store.enqueue(
      [JobRequest(kind: CommandHandler.kind, payload: payload.text, user: user)], at: Self.now)[0]
  }

  private func ask(
    _ target: String, _ method: Question.Method? = .get, host: String = "localhost:8080",
    bearer: String? = nil
  ) throws -> (status: Int, text: String, answer: Answer) {
    let question = try #require(
      Question(method, target: target, host: host, authorization: bearer.map { "Bearer \($0)" }))
    let answer = dashboard.answer(question)
    switch answer.body {
    case .text(let text): return (answer.status, text, answer)
    case .file(let url):
      return (answer.status, try String(contentsOf: url, encoding: .utf8), answer)
    case .events: return (answer.status, "", answer)
    }
  }

  @Test func `the first page names the jobs, their states, and where results are`() throws {
    for number in 0..<60 { try submit(["search", "l\(number).olib"]) }
    let page = try ask("/")
    #expect(page.status == 200 && page.text.contains("<b>60</b> ready"))
    #expect(page.text.contains("href=\"/jobs/60\"") && !page.text.contains("href=\"/jobs/10\""))
    #expect(page.text.contains("href=\"/?before=11\"") && page.text.contains("/results/result/"))
    #expect(try ask("/?before=11").text.contains("href=\"/jobs/1\""))
    #expect(try ask("/?state=failed").text.contains("None."))
  }

  @Test func `what strangers wrote is text on a page and never markup`() throws {
    let id = try submit(["<script>alert(1)</script>"], user: "<img src=x onerror=alert(2)>")
    for target in ["/", "/jobs/\(id)"] {
      let page = try ask(target).text
      #expect(!page.contains("<script>alert") && !page.contains("<img"))
      #expect(page.contains("&lt;img src=x"))
    }
  }

  @Test(
    "only names that were given at the start lead to files",
    arguments: [
      "/results/result/secret.txt", "/results/result/..%2Fresult%2Freport.html",
      "/results/other/report.html", "/results/result/%2e%2e", "/models/..", "/nights/..",
      "/nights/nights/1/tiny/hits.csv", "/nights/nights/-1/tiny/hits.csv", "/jobs/01", "/jobs/+1",
      "/jobs/99999999999999999999", "/results/result/report.html/", "/static/x", "//etc/passwd",
    ])
  func refused(target: String) throws {
    let reply = try ask(target)
    let isReport = target == "/results/result/report.html/"
    #expect(reply.status == (isReport ? 200 : 404), "\(target): \(reply.text)")
    #expect(!reply.text.contains("secret"))
  }

  @Test func `files of results are served with their type, and cards as plain text`() throws {
    let report = try ask("/results/result/report.html")
    #expect(report.text == "<p>hits</p>" && report.answer.type.hasPrefix("text/html"))
    let card = try ask("/models/m.model")
    #expect(card.text == "# tiny" && card.answer.type.hasPrefix("text/plain"))
  }

  @Test func `every answer forbids guessing, framing and keeping`() throws {
    for target in ["/", "/health", "/api/v1/jobs", "/nowhere", "/results/result/report.html"] {
      let headers = try ask(target).answer.headers
      #expect(headers["x-content-type-options"] == "nosniff")
      #expect(headers["x-frame-options"] == "DENY" && headers["cache-control"] == "no-store")
      #expect(headers["content-security-policy"]?.contains("frame-ancestors 'none'") == true)
    }
  }

  @Test func `a name of another host leads nowhere`() throws {
    #expect(try ask("/", host: "evil.example").status == 421)
    #expect(try ask("/", host: "localhost.evil.example").status == 421)
    for host in ["localhost", "LOCALHOST:1", "127.0.0.1:8080", "[::1]:8080"] {
      #expect(try ask("/", host: host).status == 200)
    }
  }

  @Test func `nothing changes without the token, nor by reading`() throws {
    let id = try submit(["search", "l.olib"])
    let target = "/api/v1/jobs/\(id)/cancel"
    #expect(try ask(target, .post).status == 401)
    #expect(try ask(target, .post, bearer: "0123456789abcdef0123456789abcdeF").status == 401)
    #expect(try ask(target, .post, bearer: "").status == 401)
    #expect(try ask(target, .get, bearer: "0123456789abcdef0123456789abcdef").status == 405)
    #expect(try store.job(id).state == .ready)
    let done = try ask(target, .post, bearer: "0123456789abcdef0123456789abcdef")
    #expect(done.status == 200 && done.text.contains("\"state\":\"cancelled\""))
    #expect(try store.job(id).state == .cancelled)
    let again = try ask(target, .post, bearer: "0123456789abcdef0123456789abcdef")
    #expect(again.status == 409)
  }

  @Test(
    "a parameter that makes no sense is refused with what would",
    arguments: [
      ("state=open", "state is one of blocked, scheduled, ready"), ("limit=0", "from 1 to 1000"),
      ("limit=x", "from 1 to 1000"), ("before=-1", "before is a whole number"),
      ("page=2", "there is no parameter page"),
      ("user=" + String(repeating: "x", count: 201), "at most 200"),
    ])
  func parameters(query: String, why: String) throws {
    let reply = try ask("/api/v1/jobs?\(query)")
    #expect(reply.status == 400 && reply.text.contains(why), "\(reply.text)")
  }

  @Test func `jobs come page by page for programs too`() throws {
    for number in 0..<5 { try submit(["search", "\(number)"]) }
    let first = try ask("/api/v1/jobs?limit=2").text
    #expect(first.contains("\"id\":5") && first.contains("\"id\":4") && !first.contains("\"id\":3"))
    #expect(first.contains("\"before\":4"))
    let last = try ask("/api/v1/jobs?limit=4&before=4").text
    #expect(last.contains("\"id\":1") && !last.contains("\"before\""))
    #expect(try ask("/api/v1/jobs/77").status == 404)
  }

  @Test func `numbers for whoever watches`() throws {
    try submit(["a"])
    let text = try ask("/metrics").text
    #expect(text.contains("osong_jobs{state=\"ready\"} 1\n"))
    #expect(text.contains("osong_jobs{state=\"running\"} 0\n"))
    #expect(text.contains("osong_oldest_ready_seconds 0"))
    #expect(try ask("/health").text.contains("\"status\":\"ok\""))
  }

  @Test func `the description of the interface is JSON and names every way in`() throws {
    let text = try ask("/api/v1/openapi.json").text
    let tree = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let paths = try #require(tree["paths"] as? [String: Any])
    #expect(paths.count == 7)
    for path in paths.keys {
      let parts = path.replacingOccurrences(of: "{id}", with: "7").split(separator: "/")
      #expect(Route(parts.map(String.init)) != nil, "\(path)")
    }
  }

  @Test func `addresses that are no text are refused before anything is looked up`() {
    #expect(Question(.get, target: "/%ff%fe", host: "localhost") == nil)
    #expect(Question(.get, target: "/a%00b", host: "localhost") == nil)
    #expect(Question(.get, target: "nowhere", host: "localhost") == nil)
    #expect(
      Question(.get, target: "/" + String(repeating: "a", count: 5_000), host: "localhost") == nil)
  }

  @Test func `who follows a job hears every change, and the stream ends with the job`() async throws
  {
    let id = try submit(["search", "l.olib"])
    let followers = Followers(dashboard, pause: .milliseconds(5))
    var streams: [AsyncStream<String>] = []
    for _ in 0..<200 { streams.append(try #require(await followers.follow(id))) }
    let store = store
    let lease = try #require(
      try store.claim(1, of: [CommandHandler.kind], for: "w", lease: 30, at: Self.now).first)
    let ends = Task {
      try await Task.sleep(for: .milliseconds(60))
      _ = try store.finish([(lease, .success("done"))], at: Self.now)
    }
    for stream in streams {
      var last = ""
      for await text in stream { last = text }
      #expect(last.contains("\"state\":\"succeeded\"") && last.contains("\"outcome\":\"done\""))
    }
    try await ends.value
  }

  @Test func `a token is made once, for its owner's eyes, and read again`() throws {
    let url = scratch.url.appending(path: "queue/token")
    _ = try Token(fileAt: url)
    let text = try String(contentsOf: url, encoding: .utf8).trimmingCharacters(
      in: .whitespacesAndNewlines)
    #expect(text.count == 64)
    let rights = try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions]
    #expect((rights as? NSNumber)?.intValue == 0o600)
    #expect(try Token(fileAt: url).admits("Bearer \(text)"))
    try Data("short".utf8).write(to: url)
    #expect(throws: TokenError.self) { try Token(fileAt: url) }
  }
}
