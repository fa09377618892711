extension QualityTables {
  /// What was found, in sentences that name no person.
  public var summary: [String] {
    let (people, thresholds) = (quality.people, quality.thresholds)
    let unread = files.people.count - people.count
    var lines = [
      "\(people.count) people were read"
        + (unread > 0 ? "; \(unread) others may not be" : "")
    ]
    let kept = quality.passing.count
    func variants(_ objection: VariantQuality.Objection) -> Int {
      quality.variants.count { $0.objections(thresholds).contains(objection) }
    }
    lines.append(
      "\(kept) of \(quality.variants.count) variants pass; below the call rate of "
        + "\(thresholds.variantCallRate): \(variants(.callRate)), Hardy-Weinberg's p below "
        + "\(thresholds.hardyWeinberg): \(variants(.hardyWeinberg))")
    func count(_ objection: PersonQuality.Objection) -> Int {
      people.count { $0.objections.contains(objection) }
    }
    lines.append(
      "\(quality.kept.count) people are kept; below the call rate of "
        + "\(thresholds.personCallRate): \(count(.callRate)), inbreeding beyond "
        + "±\(thresholds.inbreeding): \(count(.heterozygosity)), of another sex than told: "
        + "\(count(.sex)), relatives of people who are kept: \(count(.related))")
    return lines + [sexes, relatives, ancestry]
  }

  private var sexes: String {
    let found = zip(quality.rows, quality.people).map {
      $1.sex(told: files.people[$0].sex, quality.thresholds)
    }
    func count(_ sex: PersonQuality.Sex) -> Int { found.count { $0 == sex } }
    guard count(.unknown) < found.count else {
      return "sexes could not be checked: none was told, or no variant of X varies"
    }
    return "X agrees with the sex told in \(count(.agrees)) people, differs in "
      + "\(count(.differs)), is unclear in \(count(.unclear)) (who are not left out for it), and "
      + "says nothing of \(count(.unknown))"
  }

  private var relatives: String {
    let counts = Relationship.allCases.map { degree in
      let pairs = quality.relatives.count { Relationship(kinship: $0.kinship) == degree }
      return "\(degree == .same ? "the same person twice" : degree.rawValue) \(pairs)"
    }
    return "pairs of relatives: " + counts.joined(separator: ", ")
  }

  private var ancestry: String {
    guard let found = quality.components else {
      return "no components: \(quality.withoutComponents ?? "none were asked for")"
    }
    // Three decimals are enough to see where the values level off.
    let values = found.values.map { "\(($0 * 1_000).rounded() / 1_000)" }
    return "\(found.values.count) components of \(found.rows.count) people at \(found.variants) "
      + "variants (\(found.method.rawValue)); eigenvalues " + values.joined(separator: ", ")
  }
}
