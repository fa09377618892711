/// A job as a page shows it.
public struct JobView: Hashable, Codable, Sendable {
  /// Its number.
  public var id: Int64
  /// The plan and the step.
  public var title: String
  /// Where it stands, one of the queue's states.
  public var state: String
  /// For whom.
  public var user: String
  /// How far it is, 0 to 1.
  public var progress: Double
  /// How often it was begun.
  public var attempt: Int
  /// Instants in UTC; nil where they are not yet.
  public var created: String, begun: String?, finished: String?
  /// Who works on it; nil for nobody.
  public var worker: String?
  /// What came of it.
  public var outcome: String?
  /// The words of the command line.
  public var command: [String]

  /// Describes a job.
  public init(
    id: Int64, title: String, state: String, user: String, progress: Double, attempt: Int,
    created: String, begun: String?, finished: String?, worker: String?, outcome: String?,
    command: [String]
  ) {
    self.id = id
    self.title = title
    self.state = state
    self.user = user
    self.progress = progress
    self.attempt = attempt
    self.created = created
    self.begun = begun
    self.finished = finished
    self.worker = worker
    self.outcome = outcome
    self.command = command
  }
}

/// A link of a page: what it says, where it leads, and what stands beside it.
public struct ViewLink: Hashable, Sendable {
  /// The text.
  public var text: String
  /// The address, of this server.
  public var address: String
  /// What stands beside it.
  public var note: String

  /// Makes a link.
  public init(_ text: String, to address: String, note: String = "") {
    self.text = text
    self.address = address
    self.note = note
  }
}

/// The first page of the dashboard.
public struct QueueView: Sendable {
  /// How many jobs are in each state.
  public var counts: [(state: String, jobs: Int)]
  /// The jobs shown, the newest first.
  public var jobs: [JobView]
  /// The state and the user that were chosen; nil for all.
  public var state: String?, user: String?
  /// The address of the jobs before these; nil where there are none.
  public var older: String?
  /// Nights, results and models that can be looked at.
  public var nights: [ViewLink], results: [ViewLink], models: [ViewLink]

  /// Describes the page.
  public init(
    counts: [(state: String, jobs: Int)], jobs: [JobView], state: String?, user: String?,
    older: String?, nights: [ViewLink], results: [ViewLink], models: [ViewLink]
  ) {
    self.counts = counts
    self.jobs = jobs
    self.state = state
    self.user = user
    self.older = older
    self.nights = nights
    self.results = results
    self.models = models
  }

  /// The page as HTML that needs nothing else, and runs no script.
  public func html() -> String { QueuePage(view: self).markup().html }
}

/// The page of one job.
public struct JobDetailView: Sendable {
  /// The job.
  public var job: JobView
  /// The last lines that it said.
  public var lines: [String]
  /// Where its progress can be followed; nil where it has ended.
  public var events: String?

  /// Describes the page.
  public init(job: JobView, lines: [String], events: String?) {
    self.job = job
    self.lines = lines
    self.events = events
  }

  /// The page as HTML; its script follows the progress, and without it the page is read again.
  public func html() -> String { JobPage(view: self).markup().html }
}

/// The page of all nights of a store.
public struct NightsView: Sendable {
  /// One night.
  public struct Night: Sendable {
    /// Its number and day.
    public var number: Int, day: String
    /// Compounds scored for the first time, and known.
    public var newRows: Int, knownRows: Int
    /// The lists, each with its pages.
    public var lists: [(name: String, links: [ViewLink])]

    /// Describes a night.
    public init(
      number: Int, day: String, newRows: Int, knownRows: Int,
      lists: [(name: String, links: [ViewLink])]
    ) {
      self.number = number
      self.day = day
      self.newRows = newRows
      self.knownRows = knownRows
      self.lists = lists
    }
  }

  /// The store's name.
  public var name: String
  /// The nights, the newest first.
  public var nights: [Night]
  /// The address of the nights before these; nil where there are none.
  public var older: String?

  /// Describes the page.
  public init(name: String, nights: [Night], older: String?) {
    self.name = name
    self.nights = nights
    self.older = older
  }

  /// The page as HTML that needs nothing else, and runs no script.
  public func html() -> String { NightsPage(view: self).markup().html }
}
