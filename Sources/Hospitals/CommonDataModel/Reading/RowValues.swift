import Records

/// The numbers and days of the row last read, and what its fields count for.
struct RowValues {
  private static let nothing = Int.min
  private var values: [Int]
  private let columns: [Int?]
  /// What a row is refused for whatever it holds: a column that every row needs is not there.
  private let always: RowRefusal?
  private let isConcept: [Bool]
  private let isStandardField: [Bool]
  private let checked: [String?]
  private let domains: [Set<Int>]
  /// The fields with a concept, and the columns with the code that it stands for.
  private let coded: [(field: Int, column: Int)]

  init(_ table: ModelTable, keys: [String: IdentifierSet], concepts: ConceptTable) {
    values = [Int](repeating: Self.nothing, count: table.fields.count)
    columns = table.columns
    let missing = table.fields.indices.first {
      table.fields[$0].isRequired && table.columns[$0] == nil
    }
    always = missing.map { RowRefusal(.missingColumn, table.fields[$0].name) }
    isConcept = table.fields.map { $0.references == "concept" }
    isStandardField = table.fields.map(\.isStandardConcept)
    // Rows of the table itself come later: they cannot be looked up in one pass.
    checked = table.fields.map { field in
      guard let other = field.references, other != table.name, keys[other] != nil else {
        return nil
      }
      return other
    }
    domains = table.fields.map { field in
      Set(field.domains.compactMap { concepts.names.firstIndex(of: $0) })
    }
    coded = table.fields.indices.compactMap { place in
      table.fields[place].sourceValueName.flatMap { table.column($0) }
        .map { (field: place, column: $0) }
    }
  }

  /// Empty counts for the fields.
  func counts(_ table: ModelTable) -> [TableAccount.FieldCount] {
    table.fields.indices.map { place in
      var count = TableAccount.FieldCount(table.fields[place])
      count.isPresent = columns[place] != nil
      return count
    }
  }

  /// The value of a field that the row was not refused for.
  subscript(_ field: Int) -> Int { values[field] }

  /// The value of a field, nil where there is none.
  func value(_ field: Int) -> Int? { values[field] == Self.nothing ? nil : values[field] }

  /// Reads the fields and counts; nil where all that are needed are there.
  mutating func read(
    _ table: ModelTable, _ account: inout TableAccount, keys: [String: IdentifierSet],
    concepts: ConceptTable
  ) -> RowRefusal? {
    var refusal = always
    let reader = table.reader
    for (place, column) in columns.enumerated() {
      values[place] = Self.nothing
      guard let column else { continue }
      let field = table.fields[place]
      if reader.isMissing(column) {
        account.fields[place].missing += 1
        if field.isRequired, refusal == nil { refusal = RowRefusal(.missingValue, field.name) }
        continue
      }
      var isReadable = true
      switch field.kind {
      case .text: break
      case .number: isReadable = reader.number(column) != nil
      case .date:
        if let day = reader.day(column) { values[place] = day } else { isReadable = false }
      case .integer:
        if let number = reader.integer(column) {
          values[place] = number
          look(number, place, &account.fields[place], keys, concepts)
        } else {
          isReadable = false
        }
      }
      if !isReadable {
        account.fields[place].unreadable += 1
        // A value that a row can do without is passed over, and counts against the field alone.
        if field.isRequired, refusal == nil {
          refusal = RowRefusal(field.kind == .date ? .notADate : .notANumber, field.name)
        }
      }
    }
    for (place, column) in coded where !reader.isMissing(column) {
      account.codes[table.fields[place].name, default: SourceCodes()]
        .note(reader.fingerprint(column), isMapped: values[place] != 0 && value(place) != nil)
    }
    return refusal
  }

  /// Looks a number up in the table that it points to.
  private func look(
    _ number: Int, _ place: Int, _ count: inout TableAccount.FieldCount,
    _ keys: [String: IdentifierSet], _ concepts: ConceptTable
  ) {
    if isConcept[place] {
      if number == 0 {
        count.unmapped += 1
      } else if !concepts.isEmpty {
        count.isLookedUp = true
        guard let found = concepts.find(number) else {
          count.dangling += 1
          return
        }
        if !domains[place].isEmpty, !domains[place].contains(found.domain) {
          count.otherDomain += 1
        }
        if isStandardField[place], !found.isStandard { count.notStandard += 1 }
      }
    } else if let other = checked[place] {
      count.isLookedUp = true
      if keys[other]?.contains(number) == false { count.dangling += 1 }
    }
  }
}
