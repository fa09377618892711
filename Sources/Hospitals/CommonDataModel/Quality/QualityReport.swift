/// The checks of a folder: conformance, completeness, plausibility.
///
/// All checks of a table are shares of all its rows, so that two of them do not tell by their
/// difference how many rows lie between.
public struct QualityReport: Sendable {
  /// The checks, table by table.
  public let checks: [QualityCheck]

  /// Draws up the checks.
  public init(_ reading: FolderReading) {
    var checks: [QualityCheck] = []
    for table in ["person", "observation_period"] {
      let isThere = reading.accounts.contains { $0.table == table }
      checks.append(
        QualityCheck(
          category: .conformance, name: "cdmTable", table: table, field: "",
          violated: isThere ? 0 : 1, of: 1, threshold: 0, isAboutPersons: false))
    }
    for account in reading.accounts {
      checks += Self.ofTable(account, reading)
      for field in account.fields { checks += Self.ofField(field, account, reading) }
    }
    self.checks = checks
  }

  /// How many checks ended so.
  public func count(_ status: QualityCheck.Status) -> Int { checks.count { $0.status == status } }

  private static func ofTable(
    _ account: TableAccount, _ reading: FolderReading
  ) -> [QualityCheck] {
    func check(
      _ category: QualityCheck.Category, _ name: String, _ violated: Int, _ threshold: Double,
      of: Int? = nil
    ) -> QualityCheck {
      var check = QualityCheck(
        category: category, name: name, table: account.table, field: "", violated: violated,
        of: of ?? account.rows, threshold: threshold,
        isAboutPersons: Self.isOfPersons(account))
      let others = ["measurePersonCompleteness", "withinObservationPeriod", "readableRow"]
      check.isOfRefusals = !others.contains(name)
      return check
    }
    var checks = [
      check(.conformance, "readableRow", account.refusals(.unreadableRow), 0),
      check(
        .conformance, "isPrimaryKey", account.refusals(.duplicateIdentifier), 0),
    ]
    if account.table == "person" {
      checks.append(
        check(.plausibility, "plausibleBirth", account.refusals(.implausibleBirth), 1))
    }
    if account.fields.contains(where: { $0.field.name.hasSuffix("end_date") }) {
      checks.append(
        check(.plausibility, "plausibleStartBeforeEnd", account.refusals(.endBeforeStart), 1))
    }
    guard let persons = account.persons else { return checks }
    checks += [
      check(.conformance, "isForeignKeyPerson", account.refusals(.unknownPerson), 0),
      check(.plausibility, "plausibleAfterBirth", account.refusals(.beforeBirth), 1),
      check(.plausibility, "plausibleBeforeDeath", account.refusals(.afterDeath), 1),
      check(
        .plausibility, "plausibleBeforeLastDay", account.refusals(.afterLastDay), 1,
        of: reading.lastDay == nil ? 0 : account.rows),
    ]
    if account.table == "observation_period" {
      checks += [
        check(
          .plausibility, "measureObservationPeriodOverlap",
          account.refusals(.overlappingPeriod), 0),
        check(
          .completeness, "measurePersonCompleteness", reading.persons - persons, 0,
          of: reading.persons),
      ]
    } else {
      checks.append(
        check(.plausibility, "withinObservationPeriod", account.outsideObservation, 5))
      // Few die and few have a device: how many have a row is told, and fails nothing.
      checks.append(
        check(
          .completeness, "measurePersonCompleteness", reading.persons - persons, 100,
          of: reading.persons))
    }
    return checks
  }

  private static func ofField(
    _ count: TableAccount.FieldCount, _ account: TableAccount, _ reading: FolderReading
  ) -> [QualityCheck] {
    let field = count.field
    func check(
      _ category: QualityCheck.Category, _ name: String, _ violated: Int, _ threshold: Double,
      of: Int? = nil, isAboutPersons: Bool = true
    ) -> QualityCheck {
      QualityCheck(
        category: category, name: name, table: account.table, field: field.name,
        violated: violated, of: of ?? account.rows, threshold: threshold,
        isAboutPersons: isAboutPersons && Self.isOfPersons(account))
    }
    guard count.isPresent else {
      // A column that no row needs may be left out; it is told by the other checks' absence.
      return field.isRequired
        ? [check(.conformance, "cdmField", 1, 0, of: 1, isAboutPersons: false)] : []
    }
    var checks: [QualityCheck] = []
    if field.isRequired { checks.append(check(.completeness, "isRequired", count.missing, 0)) }
    if field.kind != .text {
      checks.append(check(.conformance, "cdmDatatype", count.unreadable, 0))
    }
    if !field.isRequired {
      checks.append(check(.completeness, "measureValueCompleteness", count.missing, 100))
    }
    if count.isLookedUp { checks.append(check(.conformance, "isForeignKey", count.dangling, 0)) }
    if field.isStandardConcept {
      checks.append(
        check(
          .completeness, "standardConceptRecordCompleteness", count.unmapped,
          // Where a concept need not be, how many have none is told and fails nothing.
          field.isRequired ? 5 : 100))
      if count.isLookedUp {
        checks.append(
          check(.conformance, "isStandardValidConcept", count.notStandard, 0))
        if !field.domains.isEmpty {
          checks.append(check(.conformance, "fkDomain", count.otherDomain, 0))
        }
      }
    }
    if let codes = account.codes[field.name], codes.count > 0 {
      checks.append(
        check(
          .completeness, "sourceValueCompleteness", codes.count - codes.mapped, 10,
          of: codes.count, isAboutPersons: false))
    }
    return checks
  }

  /// Whether rows of the table are rows of persons.
  static func isOfPersons(_ account: TableAccount) -> Bool {
    account.table == "person" || account.persons != nil
  }
}
