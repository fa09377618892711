import Entities

/// People and their claims while the files are read.
struct ClaimState {
  private(set) var people = SampleFiles.People()
  let measurementColumns: [String]
  private let diseases: [DiseaseDefinition]
  private let drugCodes: [String: String]?
  private var placeOfPerson: [String: Int] = [:]
  private var placeOfStatement: [String: Int32] = [:]
  private var years: [Int] = []
  private var measuredYears: [Int] = []

  init(_ files: SampleFiles) {
    diseases = files.diseases
    drugCodes = files.drugCodes
    measurementColumns = Set(files.diseases.compactMap { $0.control?.column }).sorted()
    people.isDiagnosed = diseases.map { _ in [] }
    people.isTreated = diseases.map { _ in [] }
    people.measured = diseases.map { _ in [] }
  }

  /// Takes a row, or says why not.
  mutating func take(
    _ row: LayoutFile.Row, of layout: SampleLayout, isHolder: Bool
  ) -> Refusal? {
    switch layout.subject {
    case .people: return add(row)
    case .statements:
      if isHolder, let reason = add(row) { return reason }
      guard let person = placeOfPerson[row[.person]] else { return .unknownIdentifier }
      guard placeOfStatement.updateValue(Int32(person), forKey: row[.statement]) == nil else {
        return .filtered("the claim \(row[.statement]) stands in the file twice")
      }
      for role in [SampleLayout.Role.mainDiagnosis, .secondDiagnosis] {
        diagnose(person, row[role])
      }
    case .diagnoses, .treatments:
      guard let found = placeOfStatement[row[.statement]] else { return .unknownIdentifier }
      let person = Int(found)
      if layout.subject == .diagnoses {
        diagnose(person, row[.diagnosis])
      } else {
        for role in [SampleLayout.Role.treatment, .ingredient] { treat(person, row[role]) }
      }
    case .measurements:
      guard let person = placeOfPerson[row[.person]] else { return .unknownIdentifier }
      return measure(person, row)
    }
    return nil
  }

  private mutating func add(_ row: LayoutFile.Row) -> Refusal? {
    var weight: Double?
    if !row[.weight].isEmpty {
      guard let number = Double(row[.weight]), number > 0, number.isFinite else {
        return .filtered("its weight \(row[.weight].prefix(40)) is no number above 0")
      }
      weight = number
    }
    let year = Int(row[.year]) ?? 0
    let place = placeOfPerson[row[.person]] ?? people.count
    if place < people.count, year <= years[place] { return nil }
    // Groups of NHIS-NSC are 0 (the first year of life), 1 (1 to 4), 2 (5 to 9), … 18 (85 and older).
    let group = Double(row[.ageGroup])
    let age = Double(row[.age]) ?? group.map { $0 < 1 ? 0 : $0 < 2 ? 2.5 : ($0 - 1) * 5 + 2.5 }
    if place == people.count {
      placeOfPerson[row[.person]] = place
      people.sex.append(row[.sex])
      people.age.append(age)
      people.region.append(row[.region])
      people.weight.append(weight)
      years.append(year)
      measuredYears.append(.min)
      for disease in diseases.indices {
        people.isDiagnosed[disease].append(false)
        people.isTreated[disease].append(false)
        people.measured[disease].append(nil)
      }
    } else {
      people.sex[place] = row[.sex]
      people.age[place] = age
      people.region[place] = row[.region]
      people.weight[place] = weight
      years[place] = year
    }
    return nil
  }

  private mutating func diagnose(_ person: Int, _ code: String) {
    guard !code.isEmpty else { return }
    for (place, disease) in diseases.enumerated() where disease.codes.contains(code) {
      people.isDiagnosed[place][person] = true
    }
  }

  private mutating func treat(_ person: Int, _ code: String) {
    guard !code.isEmpty else { return }
    guard let code = drugCodes.map({ $0[code] }) ?? code else { return }
    for (place, disease) in diseases.enumerated() {
      if let drugs = disease.drugs, drugs.contains(code) { people.isTreated[place][person] = true }
    }
  }

  private mutating func measure(_ person: Int, _ row: LayoutFile.Row) -> Refusal? {
    let year = Int(row[.year]) ?? 0
    guard year >= measuredYears[person] else { return nil }
    var values: [String: Double] = [:]
    for (number, column) in measurementColumns.enumerated() {
      let text = row.extra(number)
      if SampleTable.missing.contains(text) { continue }
      guard let value = Double(text), value.isFinite else {
        return .notANumber(column: column, text: String(text.prefix(40)))
      }
      values[column] = value
    }
    measuredYears[person] = year
    for (place, disease) in diseases.enumerated() {
      if let column = disease.control?.column, let value = values[column] {
        people.measured[place][person] = value
      }
    }
    return nil
  }
}
