/// The persons of a hospital: first possible day of life, death, and observed time.
///
/// Some 60 bytes a person, so that five million fit into 300 MB.
struct PersonRegister {
  private var places: [Int: Int32] = [:]
  private var births: [Int32] = []
  private var deaths: [Int32] = []
  private var firstPeriods: [(start: Int32, end: Int32)] = []
  private var morePeriods: [Int32: [ClosedRange<Int32>]] = [:]
  private static let never = Int32.max

  /// How many persons there are.
  var count: Int { births.count }

  /// The number of a person, nil where no row of `person` names it.
  func place(of person: Int) -> Int? { places[person].map(Int.init) }

  /// Adds a person; false where it was there.
  mutating func add(_ person: Int, birth: Int) -> Bool {
    guard places[person] == nil else { return false }
    places[person] = Int32(births.count)
    births.append(Int32(clamping: birth))
    deaths.append(Self.never)
    firstPeriods.append((start: Self.never, end: Self.never))
    return true
  }

  /// The first day on which a person may have been born.
  func birth(_ place: Int) -> Int { Int(births[place]) }

  /// The day of death.
  func death(_ place: Int) -> Int? { deaths[place] == Self.never ? nil : Int(deaths[place]) }

  /// Notes a death; false where one was known.
  mutating func die(_ place: Int, on day: Int) -> Bool {
    guard deaths[place] == Self.never else { return false }
    deaths[place] = Int32(clamping: day)
    return true
  }

  /// Adds observed time; false where it overlaps with what was known.
  mutating func observe(_ place: Int, _ days: ClosedRange<Int>) -> Bool {
    let days = Int32(clamping: days.lowerBound)...Int32(clamping: days.upperBound)
    let first = firstPeriods[place]
    guard first.start != Self.never else {
      firstPeriods[place] = (start: days.lowerBound, end: days.upperBound)
      return true
    }
    let more = morePeriods[Int32(place)] ?? []
    guard !days.overlaps(first.start...first.end), !more.contains(where: days.overlaps) else {
      return false
    }
    morePeriods[Int32(place)] = more + [days]
    return true
  }

  /// Whether a day lies in observed time.
  func isObserved(_ place: Int, on day: Int) -> Bool { period(place, on: day) != nil }

  /// The observed time that a day lies in.
  func period(_ place: Int, on day: Int) -> ClosedRange<Int>? {
    let day = Int32(clamping: day)
    let first = firstPeriods[place]
    if first.start != Self.never, first.start <= day, day <= first.end {
      return Int(first.start)...Int(first.end)
    }
    return morePeriods[Int32(place)]?.first { $0.contains(day) }
      .map { Int($0.lowerBound)...Int($0.upperBound) }
  }
}
