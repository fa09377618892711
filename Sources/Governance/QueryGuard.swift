/// Counts of groups, answered one after another, from which no small group can be worked out.
///
/// People stand in base cells, each cell in one class. At first all cells are one class. A question
/// for a group of cells that cuts a class in two is answered when both pieces, of every class that
/// it cuts, hold at least the minimum; then the pieces are classes of their own. Otherwise it is
/// refused. A group of whole classes cuts nothing and is always answered.
///
/// Why that is not enough: refusals tell too (Kenthapadi, Mishra & Nissim, PODS 2005). Of six cells
/// that are refused one by one and hold six people together, each holds one. So one world is kept
/// that fits all that was told and in which nobody stands in a small group: everybody of a class in
/// a single cell of it. Every answer is a sum of classes and stays the same in it. A refusal stays a
/// refusal if one of the pieces that it was about is empty there: that piece's cells are marked as
/// void. A cut that would leave a piece with void cells alone is refused, without a look at the
/// data. Hence in any order of questions, by subtraction or by trackers (Denning, Denning &
/// Schwartz, ACM Trans. Database Syst. 1979), a group of fewer people than the minimum could as well
/// be empty or hold the minimum: its number does not follow. That it is small may follow, as from
/// any suppressed cell.
public struct QueryGuard: Hashable, Codable, Sendable {
  /// What comes of a question.
  public enum Answer: Hashable, Sendable {
    /// The people of the group.
    case count(Int)
    /// The group, or what is left of a class without it, is too small.
    case refused
  }

  /// The smallest number of people that may be told.
  public let minimum: Int
  private let counts: [Int]
  private var classOfCell: [Int]
  private var people: [Int]
  private var isVoid: [Bool]

  /// Guards base cells with their numbers of people.
  public init(counts: [Int], rule: MinimumCell = MinimumCell()) {
    precondition(counts.allSatisfy { $0 >= 0 }, "a count of people is not negative")
    minimum = rule.minimum
    self.counts = counts
    classOfCell = [Int](repeating: 0, count: counts.count)
    people = [counts.reduce(0, +)]
    isVoid = [Bool](repeating: false, count: counts.count)
  }

  /// How many base cells there are.
  public var cells: Int { counts.count }

  /// How many classes the answers tell apart.
  public var classes: Int { people.count }

  /// A class as a question cuts it: inside the group and outside.
  private struct Pieces {
    var people = 0
    var cells = [0, 0]
    var free = [0, 0]

    var isCut: Bool { cells[0] > 0 && cells[1] > 0 }
    /// Whether a piece has only void cells.
    var isClosed: Bool { isCut && (free[0] == 0 || free[1] == 0) }
  }

  /// Answers a question for a group of cells, or refuses it.
  ///
  /// - Parameter group: the places of its cells, in any order; a place named twice counts once.
  /// - Complexity: O(cells + classes)
  public mutating func ask(_ group: some Sequence<Int>) -> Answer {
    var isInside = [Bool](repeating: false, count: counts.count)
    for cell in group {
      precondition(counts.indices.contains(cell), "a group names a cell that is not there")
      isInside[cell] = true
    }
    // A whole that is small itself is told to nobody.
    guard people.count > 1 || people[0] >= minimum else { return .refused }
    var pieces = [Pieces](repeating: Pieces(), count: people.count)
    for cell in counts.indices {
      let side = isInside[cell] ? 0 : 1
      pieces[classOfCell[cell]].cells[side] += 1
      if !isVoid[cell] { pieces[classOfCell[cell]].free[side] += 1 }
      if side == 0 { pieces[classOfCell[cell]].people += counts[cell] }
    }
    // Decided by what was told before, so it tells nothing.
    guard !pieces.contains(where: \.isClosed) else { return .refused }
    let small = pieces.indices.first { number in
      let piece = pieces[number]
      return piece.isCut
        && (piece.people < minimum || people[number] - piece.people < minimum)
    }
    if let small {
      // Either piece may be the empty one; the smaller costs later questions less. Both have a cell
      // that is free, so one is left outside.
      let side = pieces[small].cells[0] <= pieces[small].cells[1]
      for cell in counts.indices where classOfCell[cell] == small && isInside[cell] == side {
        isVoid[cell] = true
      }
      return .refused
    }
    var answer = 0
    var newClass = [Int?](repeating: nil, count: people.count)
    for number in pieces.indices {
      answer += pieces[number].people
      guard pieces[number].isCut else { continue }
      newClass[number] = people.count
      people[number] -= pieces[number].people
      people.append(pieces[number].people)
    }
    for cell in counts.indices where isInside[cell] {
      if let number = newClass[classOfCell[cell]] { classOfCell[cell] = number }
    }
    return .count(answer)
  }
}
