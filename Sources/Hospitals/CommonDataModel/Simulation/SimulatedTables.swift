import Records

/// The files of a made-up hospital while they are written, in the layout of version 5.4.
struct SimulatedTables {
  private let files: [OutputFile]
  private var next = [Int](repeating: 1, count: 8)
  /// Rows so far.
  private(set) var rows = 0

  private enum Table: Int, CaseIterable {
    case source, person, period, drugExposure, drugEra, occurrence, conditionEra, measurement

    var header: (name: String, columns: String) {
      switch self {
      case .source:
        (
          "cdm_source",
          "cdm_source_name,cdm_source_abbreviation,cdm_holder,source_description,"
            + "source_documentation_reference,cdm_etl_reference,source_release_date,"
            + "cdm_release_date,cdm_version,cdm_version_concept_id,vocabulary_version"
        )
      case .person:
        (
          "person",
          "person_id,gender_concept_id,year_of_birth,month_of_birth,race_concept_id,"
            + "ethnicity_concept_id"
        )
      case .period:
        (
          "observation_period",
          "observation_period_id,person_id,observation_period_start_date,"
            + "observation_period_end_date,period_type_concept_id"
        )
      case .drugExposure:
        (
          "drug_exposure",
          "drug_exposure_id,person_id,drug_concept_id,drug_exposure_start_date,"
            + "drug_exposure_end_date,drug_type_concept_id,drug_source_value"
        )
      case .drugEra:
        (
          "drug_era",
          "drug_era_id,person_id,drug_concept_id,drug_era_start_date,drug_era_end_date,"
            + "drug_exposure_count"
        )
      case .occurrence:
        (
          "condition_occurrence",
          "condition_occurrence_id,person_id,condition_concept_id,condition_start_date,"
            + "condition_type_concept_id,condition_source_value"
        )
      case .conditionEra:
        (
          "condition_era",
          "condition_era_id,person_id,condition_concept_id,condition_era_start_date,"
            + "condition_era_end_date,condition_occurrence_count"
        )
      case .measurement:
        (
          "measurement",
          "measurement_id,person_id,measurement_concept_id,measurement_date,"
            + "measurement_type_concept_id,value_as_number,measurement_source_value"
        )
      }
    }
  }

  init(_ folder: String) throws(WriteError) {
    var files: [OutputFile] = []
    for table in Table.allCases {
      let (name, columns) = table.header
      let file = try OutputFile(.file("\(folder)/\(name).csv"))
      try file.write(columns + "\n")
      files.append(file)
    }
    self.files = files
  }

  private mutating func row(_ table: Table, _ text: String) throws(WriteError) {
    try files[table.rawValue].write(text)
    rows += 1
  }

  private mutating func number(_ table: Table) -> Int {
    defer { next[table.rawValue] += 1 }
    return next[table.rawValue]
  }

  mutating func source(release: Int) throws(WriteError) {
    let day = CalendarDay.text(release)
    try row(
      .source, "made up,made up,nobody,osong hospital simulate,,,\(day),\(day),v5.4,756265,none\n")
  }

  mutating func person(_ id: Int, year: Int, month: Int, gender: Int) throws(WriteError) {
    try row(.person, "\(id),\(gender),\(year),\(month),0,0\n")
  }

  mutating func period(_ person: Int, _ start: Int, _ end: Int) throws(WriteError) {
    let (first, last) = (CalendarDay.text(start), CalendarDay.text(end))
    try row(.period, "\(number(.period)),\(person),\(first),\(last),44814724\n")
  }

  /// An era of a drug, and the exposures it was joined from.
  mutating func drug(
    _ person: Int, _ drug: Int, _ days: ClosedRange<Int>, refills: Int
  ) throws(WriteError) {
    let (first, last) = (CalendarDay.text(days.lowerBound), CalendarDay.text(days.upperBound))
    try row(.drugEra, "\(number(.drugEra)),\(person),\(drug),\(first),\(last),\(refills)\n")
    let length = max(1, days.count / refills)
    for place in 0..<refills {
      let start = min(days.lowerBound + place * length, days.upperBound)
      let end = place == refills - 1 ? days.upperBound : min(start + length - 1, days.upperBound)
      try row(
        .drugExposure,
        "\(number(.drugExposure)),\(person),\(drug),\(CalendarDay.text(start)),"
          + "\(CalendarDay.text(end)),32869,D\(drug % 1_000)\n")
    }
  }

  mutating func condition(
    _ person: Int, _ concept: Int, _ days: ClosedRange<Int>
  ) throws(WriteError) {
    let (first, last) = (CalendarDay.text(days.lowerBound), CalendarDay.text(days.upperBound))
    try row(
      .occurrence,
      "\(number(.occurrence)),\(person),\(concept),\(first),32817,C\(concept % 1_000)\n")
    // What has no concept has no era.
    guard concept > 0 else { return }
    try row(
      .conditionEra, "\(number(.conditionEra)),\(person),\(concept),\(first),\(last),1\n")
  }

  mutating func measurement(
    _ person: Int, _ concept: Int, _ day: Int, _ value: Double
  ) throws(WriteError) {
    try row(
      .measurement,
      "\(number(.measurement)),\(person),\(concept),\(CalendarDay.text(day)),32817,\(value),"
        + "M\(concept % 1_000)\n")
  }

  func finish() throws(WriteError) { for file in files { try file.finish() } }
}
