/// What moved between two lists of hits, and why: the heart of the delta report.
///
/// Every combination of old and new factors is a world of its own, with the list that it would have
/// given. A compound's places in all of them say what each factor did to it.
public struct ListComparison: Hashable, Codable, Sendable {
  /// How many compounds were and are named.
  public let countBefore, countAfter: Int
  /// Places are followed down to here; a compound further down counts as standing just behind.
  public let depth: Int
  /// The factors that changed.
  public let factors: [ChangeFactor]
  /// The compounds that entered, left or moved: by the place now, those that left last.
  public let changes: [ListChange]
  /// Compounds that stand where they stood.
  public let unmoved: Int

  /// Compares.
  /// - Parameters:
  ///   - countBefore: how many the old plan names.
  ///   - countAfter: how many the new plan names.
  ///   - depth: how far down the lists go.
  ///   - factors: those that changed.
  ///   - lists: the list of every world, named by the factors that are the new ones in it.
  ///   - facts: what is known of a compound then and now.
  public init(
    countBefore: Int, countAfter: Int, depth: Int, factors: [ChangeFactor],
    lists: [Set<ChangeFactor>: RankedList], facts: (String) throws -> CompoundFacts
  ) rethrows {
    let factors = Set(factors).sorted()
    let none = RankedList(entries: [], refused: [:])
    let old = lists[[]] ?? none
    let new = lists[Set(factors)] ?? none
    let named = (
      old: old.entries.prefix(countBefore).map(\.id), new: new.entries.prefix(countAfter).map(\.id)
    )
    let wasNamed = Set(named.old)
    let isNamed = Set(named.new)
    var changes: [ListChange] = []
    var unmoved = 0
    for id in named.new + named.old.filter({ !isNamed.contains($0) }) {
      let before = old.place(of: id)
      let after = new.place(of: id)
      let kind: ListChange.Kind =
        !isNamed.contains(id) ? .left : !wasNamed.contains(id) ? .entered : .moved
      if kind == .moved, before == after {
        unmoved += 1
        continue
      }
      let parts = Attribution.parts(of: factors) { world in
        -Double(min((lists[world] ?? none).place(of: id) ?? .max, depth + 1))
      }
      let gain = parts.values.reduce(0, +)
      // A tie goes to the factor named first; a list that only became longer or shorter moved nothing.
      let cause =
        gain == 0
        ? .plan
        : factors.max {
          let parts = (parts[$0, default: 0] * gain, parts[$1, default: 0] * gain)
          return parts.0 != parts.1 ? parts.0 < parts.1 : $0 > $1
        } ?? .plan
      let known = try facts(id)
      changes.append(
        ListChange(
          kind: kind, id: id, smiles: (known.after ?? known.before)?.smiles ?? "",
          placeBefore: before, placeAfter: after, valueBefore: known.before?.value,
          valueAfter: known.after?.value,
          parts: Dictionary(uniqueKeysWithValues: parts.map { ($0.key.rawValue, $0.value) }),
          cause: cause,
          why: ChangeReason(
            kind: kind, cause: cause, gain: gain, facts: known,
            refusedBefore: old.refused[id], refusedAfter: new.refused[id]
          ).text))
    }
    self.countBefore = countBefore
    self.countAfter = countAfter
    self.depth = depth
    self.factors = factors
    self.changes = changes
    self.unmoved = unmoved
  }

  /// How many compounds did this.
  public func count(_ kind: ListChange.Kind) -> Int { changes.count { $0.kind == kind } }

  /// How many compounds moved because of this factor most.
  public func count(_ cause: ChangeFactor) -> Int { changes.count { $0.cause == cause } }
}

/// The cause of a change in words a chemist can check.
struct ChangeReason {
  let kind: ListChange.Kind
  let cause: ChangeFactor
  let gain: Double
  let facts: CompoundFacts
  let refusedBefore, refusedAfter: String?

  var text: String {
    var text = own
    if let refusedAfter, kind != .entered { text += "; now left out: \(refusedAfter)" }
    if let refusedBefore, kind != .left { text += "; left out before: \(refusedBefore)" }
    return text
  }

  private var own: String {
    switch cause {
    case .library: library
    case .model: model
    case .plan:
      gain == 0 ? "the plan names another number of compounds" : "the plan's rules changed"
    case .evidence:
      gain > 0
        ? "the evidence on the target no longer keeps the list back"
        : "the evidence on the target keeps the list back"
    }
  }

  private var library: String {
    guard let before = facts.before else { return "new in the library" }
    guard let after = facts.after else { return "no longer in the library" }
    if before.smiles != after.smiles { return "its stored structure changed from \(before.smiles)" }
    return gain > 0
      ? "compounds above it left the library"
      : "compounds that came into the library stand above it"
  }

  private var model: String {
    guard let before = facts.before?.value, let after = facts.after?.value else {
      return "the model predicts otherwise"
    }
    let difference = after - before
    if difference.magnitude < 0.005 {
      return "the model predicts the same for it (\(after.fixed(2))) and otherwise for others"
    }
    return "the model predicts \(after.fixed(2)) instead of \(before.fixed(2))"
  }
}
