/// How a self-controlled case series cuts people's time.
public struct SeriesDesign: Hashable, Sendable {
  /// Which events of a person count.
  public enum Counting: String, Codable, CaseIterable, Hashable, Sendable {
    /// All: right where one event does not change the chance of the next.
    case all
    /// The first alone: right for rare events.
    case first
  }

  /// The windows; each has a rate ratio of its own.
  public let risk: [RiskWindow]
  /// Days before an exposure that get a rate of their own, because an event may put the exposure off
  /// or bring it about; 0 for none.
  public let preExposure: Int
  /// Ages in days at which the rate may change, rising; without a day of birth, days as given.
  public let ageCuts: [Int]
  /// Days of the calendar at which it may change, rising.
  public let calendarCuts: [Int]
  /// Which events count.
  public let counting: Counting

  /// A design.
  public init(
    risk: [RiskWindow], preExposure: Int = 0, ageCuts: [Int] = [], calendarCuts: [Int] = [],
    counting: Counting = .all
  ) throws(HospitalError) {
    guard !risk.isEmpty else { throw HospitalError("a case series needs a risk window") }
    guard Set(risk).count == risk.count else { throw HospitalError("a risk window is named twice") }
    for (place, one) in risk.enumerated() {
      for other in risk.dropFirst(place + 1)
      where one.anchor == .start && other.anchor == .start
        && one.first <= other.last && other.first <= one.last
      {
        throw HospitalError("the risk windows \(one.text) and \(other.text) overlap")
      }
    }
    guard (0...36_525).contains(preExposure) else {
      throw HospitalError("a pre-exposure window has 0 to 36525 days")
    }
    for cuts in [ageCuts, calendarCuts] where zip(cuts, cuts.dropFirst()).contains(where: >=) {
      throw HospitalError("cuts of age and calendar rise")
    }
    self.risk = risk
    self.preExposure = preExposure
    self.ageCuts = ageCuts
    self.calendarCuts = calendarCuts
    self.counting = counting
  }

  /// A term of the model: one column.
  public struct Term: Codable, Hashable, Sendable {
    /// What it stands for.
    public enum Kind: String, Codable, Hashable, Sendable {
      case risk, preExposure, age, calendar
    }
    /// What it stands for.
    public let kind: Kind
    /// As it is told.
    public let name: String
  }

  /// All columns: windows, the days before, every group of age, every group of calendar.
  var terms: [Term] {
    var terms = risk.map { Term(kind: .risk, name: "risk \($0.text)") }
    if preExposure > 0 {
      terms.append(Term(kind: .preExposure, name: "pre-exposure \(preExposure)"))
    }
    terms += groups(.age, "age", ageCuts)
    return terms + groups(.calendar, "calendar", calendarCuts)
  }

  private func groups(_ kind: Term.Kind, _ name: String, _ cuts: [Int]) -> [Term] {
    guard !cuts.isEmpty else { return [] }
    return (0...cuts.count).map { place in
      let text = place == 0 ? "before \(cuts[0])" : "from \(cuts[place - 1])"
      return Term(kind: kind, name: "\(name) \(text)")
    }
  }
}
