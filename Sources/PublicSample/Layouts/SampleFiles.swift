import Entities

/// The tables of one sample that belong together, and the people they make.
///
/// People come from the layout that lists them (NHIS-NSC: JK, the last row of a person counts;
/// HIRA-NPS: T20, the first). Claims are joined by their number, never by person and day.
public struct SampleFiles: Sendable {
  /// A person with what the tables say.
  public struct People: Sendable {
    /// Sex as the table writes it.
    public var sex: [String] = []
    /// Age in years; the middle of the group where only a group is told.
    public var age: [Double?] = []
    /// The region as the table writes it.
    public var region: [String] = []
    /// How many people each stands for; nil where the table does not say.
    public var weight: [Double?] = []
    /// For each disease, who has the diagnosis.
    public var isDiagnosed: [[Bool]] = []
    /// For each disease, who was treated.
    public var isTreated: [[Bool]] = []
    /// For each disease, the person's last measurement; nil where nobody measured.
    public var measured: [[Double?]] = []

    /// How many people there are.
    public var count: Int { sex.count }
  }

  /// What became of the rows of one file.
  public struct Account: Hashable, Sendable {
    /// The file.
    public let path: String
    /// Its layout.
    public let layout: SampleLayout
    /// Rows that were taken.
    public let taken: Int
    /// Rows that were refused, by the refusal's code.
    public let refused: [String: Int]
  }

  /// The files.
  public var files: [LayoutFile]
  /// The diseases.
  public var diseases: [DiseaseDefinition]
  /// What a drug's code in the tables stands for in the diseases' sets, such as its ATC; nil where the
  /// sets name the tables' own codes.
  public var drugCodes: [String: String]?

  /// Describes a sample.
  public init(
    files: [LayoutFile], diseases: [DiseaseDefinition], drugCodes: [String: String]? = nil
  ) {
    self.files = files
    self.diseases = diseases
    self.drugCodes = drugCodes
  }

  /// Reads all of it.
  public func read() throws(SampleError) -> (people: People, accounts: [Account]) {
    let statements = files.filter { $0.layout.subject == .statements }
    let lists = files.filter { $0.layout.subject == .people }
    let holders = lists.isEmpty ? statements : lists
    guard !holders.isEmpty else {
      throw SampleError("no file lists people: give nsc-jk, or hira-t20")
    }
    var state = ClaimState(self)
    var accounts: [Account] = []
    // People first, their claims next, and only then what stands in the claims.
    let rest = files.filter { ![.people, .statements].contains($0.layout.subject) }
    for file in lists + statements + rest {
      let isHolder = holders.contains(file)
      let extra = file.layout.subject == .measurements ? state.measurementColumns : []
      let result = try file.read(extra: extra) { row in
        state.take(row, of: file.layout, isHolder: isHolder)
      }
      accounts.append(
        Account(
          path: file.path, layout: file.layout, taken: result.taken,
          refused: result.refused.counts))
    }
    guard state.people.count > 0 else {
      throw SampleError("\(holders[0].path) lists nobody that can be used")
    }
    return (state.people, accounts)
  }
}
