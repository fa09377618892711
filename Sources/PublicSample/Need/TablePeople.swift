import Entities
public import Statistics

/// A table of one person a row whose columns list codes, read for a question about need.
public struct TablePeople: Hashable, Sendable {
  /// The column of diagnoses; several codes are separated by `;` or `|`.
  public var diagnoses: String
  /// The column of drugs; nil where there is none.
  public var drugs: String?
  /// The column of ages; nil where there is none.
  public var age: String?

  /// Names columns.
  public init(diagnoses: String, drugs: String? = nil, age: String? = nil) {
    self.diagnoses = diagnoses
    self.drugs = drugs
    self.age = age
  }

  /// The columns to read, with those that the diseases measure.
  public func kinds(for diseases: [DiseaseDefinition]) -> [String: SampleTable.Kind] {
    var kinds: [String: SampleTable.Kind] = [diagnoses: .optionalText]
    if let drugs { kinds[drugs] = .optionalText }
    if let age { kinds[age] = .number }
    for disease in diseases { if let control = disease.control { kinds[control.column] = .number } }
    return kinds
  }

  /// The people of a table that was read with these columns.
  public func people(
    of table: SampleTable, diseases: [DiseaseDefinition], drugCodes: [String: String]? = nil
  ) throws(SampleError) -> SampleFiles.People {
    var people = SampleFiles.People()
    people.sex = [String](repeating: "", count: table.rows)
    people.age = age.map { table.number($0) } ?? [Double?](repeating: nil, count: table.rows)
    for disease in diseases {
      people.isDiagnosed.append(
        table.text(diagnoses).map { Self.codes($0).contains(where: disease.codes.contains) })
      if let wanted = disease.drugs {
        guard let drugs else {
          throw SampleError(
            "\(disease.disease.name) asks for drugs: name their column with --drugs")
        }
        people.isTreated.append(
          table.text(drugs).map { text in
            Self.codes(text).contains { code in
              let code = drugCodes.map { $0[code] } ?? code
              return code.map(wanted.contains) ?? false
            }
          })
      } else {
        people.isTreated.append([Bool](repeating: false, count: table.rows))
      }
      people.measured.append(
        disease.control.map { table.number($0.column) }
          ?? [Double?](repeating: nil, count: table.rows))
    }
    return people
  }

  private static func codes(_ text: String) -> [String] {
    text.split { $0 == ";" || $0 == "|" }
      .map { $0.filter { !$0.isWhitespace } }
  }
}

extension SampleFiles {
  /// The design of people who were read from files: their weights, or one number for everybody;
  /// strata by sex and five years of age where that is how they were drawn.
  public static func design(
    of people: People, everybody: Double?, isStratified: Bool, singleUnits: SingleUnitRule
  ) throws(SampleError) -> SurveyDesign {
    let known = people.weight.compactMap { $0 }
    let weights: [Double]
    if let everybody {
      weights = [Double](repeating: everybody, count: people.count)
    } else if known.count == people.count {
      weights = known
    } else {
      throw SampleError(
        "\(people.count - known.count) people have no weight; say how many people each stands for "
          + "with --everybody")
    }
    let strata = zip(people.sex, people.age).map { sex, age in
      "\(sex) \(age.map { "\(Int(min($0, 85) / 5) * 5)" } ?? "unknown age")"
    }
    do throws(SurveyError) {
      return try SurveyDesign(
        weights: weights, stages: [SurveyStage(strata: isStratified ? strata : nil)],
        singleUnits: singleUnits)
    } catch { throw SampleError("\(error)") }
  }
}
