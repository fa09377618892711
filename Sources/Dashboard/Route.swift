/// Where a path leads.
enum Route: Hashable {
  case queue
  case job(Int64)
  case nights(String)
  case nightFile(String, night: Int, list: String, file: String)
  case resultFile(String, file: String)
  case model(String)
  case health, metrics, openAPI
  case apiJobs
  case apiJob(Int64), apiEvents(Int64), apiCancel(Int64), apiRetry(Int64)

  /// Reads a path; nil where it leads nowhere.
  init?(_ path: [String]) {
    func number(_ place: Int) -> Int64? {
      // Only the number as we write it, no signs or zeros before it.
      Int64(path[place]).flatMap { $0 > 0 && "\($0)" == path[place] ? $0 : nil }
    }
    switch (path.first, path.count) {
    case (nil, _): self = .queue
    case ("health", 1): self = .health
    case ("metrics", 1): self = .metrics
    case ("jobs", 2):
      guard let id = number(1) else { return nil }
      self = .job(id)
    case ("nights", 2): self = .nights(path[1])
    case ("nights", 5):
      guard let night = number(2) else { return nil }
      self = .nightFile(path[1], night: Int(night), list: path[3], file: path[4])
    case ("results", 3): self = .resultFile(path[1], file: path[2])
    case ("models", 2): self = .model(path[1])
    case ("api", 3...) where path[1] == "v1": self.init(api: Array(path.dropFirst(2)))
    default: return nil
    }
  }

  private init?(api path: [String]) {
    if path == ["openapi.json"] {
      self = .openAPI
      return
    }
    guard path[0] == "jobs" else { return nil }
    if path.count == 1 {
      self = .apiJobs
      return
    }
    guard let id = Int64(path[1]), id > 0, "\(id)" == path[1] else { return nil }
    switch path.dropFirst(2) {
    case []: self = .apiJob(id)
    case ["events"]: self = .apiEvents(id)
    case ["cancel"]: self = .apiCancel(id)
    case ["retry"]: self = .apiRetry(id)
    default: return nil
    }
  }

  /// Whether the route changes anything.
  var changesState: Bool {
    switch self {
    case .apiCancel, .apiRetry: true
    default: false
    }
  }

  /// The methods it answers.
  var methods: Set<Question.Method> { changesState ? [.post] : [.get, .head] }
}
