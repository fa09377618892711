public import Entities
public import Statistics

/// From having a disease to having it under control: how many people are left at each step.
public struct TreatmentCascade: Sendable {
  /// An estimate with its interval; nil ends where none can be given.
  public struct Step: Hashable, Sendable {
    /// The estimate.
    public let estimate: SurveyEstimate
    /// Its interval of 95 %.
    public let interval: Interval?

    /// An end for tables.
    var told: DiseaseNeed.Estimate {
      DiseaseNeed.Estimate(
        value: estimate.value, lower: interval?.lower, upper: interval?.upper)
    }
  }

  /// The disease.
  public let definition: DiseaseDefinition
  /// The share of the population with the diagnosis.
  public let prevalence: Step
  /// The same in the standard population; nil without one, or without ages.
  public let standardised: Step?
  /// The share of the diagnosed who are treated; nil where it is not asked or nobody is diagnosed.
  public let treated: Step?
  /// The share under control of those who are measured (and treated, where that is asked).
  public let controlled: Step?
  /// The share of the diagnosed whose need is not met.
  public let unmet: Step?
  /// How many people of the population that is.
  public let unmetPeople: Step?
  /// The rows of the sample in each state.
  let states: [State: [Int]]

  /// Where a person stands.
  enum State: CaseIterable {
    case well, untreated, uncontrolled, controlled, unknown
  }

  /// Estimates a disease's cascade.
  ///
  /// Unmet is the need of somebody who is diagnosed and not treated, or measured and not under
  /// control. Somebody who is treated, has a limit to reach and was not measured is unknown: left
  /// out of the share, so the number of people is one from below.
  ///
  /// - Parameters:
  ///   - place: the disease's place among the people's columns.
  ///   - standard: groups are merged until each holds somebody.
  public init(
    _ definition: DiseaseDefinition, at place: Int, of people: SampleFiles.People,
    design: SurveyDesign, standard: StandardPopulation?
  ) throws(SampleError) {
    self.definition = definition
    let states = (0..<people.count).map { Self.state($0, definition, place, people) }
    self.states = Dictionary(grouping: states.indices) { states[$0] }
    let isDiagnosed = people.isDiagnosed[place]
    func share(
      _ values: [Bool?], _ domain: [Bool]? = nil
    ) throws(SampleError) -> Step? {
      let isAsked = values.indices.contains { values[$0] != nil && domain?[$0] ?? true }
      guard isAsked else { return nil }
      do throws(SurveyError) {
        return Self.step(try design.share(of: values, among: domain), rows: design.rows)
      } catch { throw SampleError("\(definition.disease.name): \(error)") }
    }
    guard let prevalence = try share(isDiagnosed.map { $0 }) else {
      throw SampleError("the sample has nobody")
    }
    self.prevalence = prevalence
    if let standard, people.age.contains(where: { $0 != nil }) {
      let merged = standard.merged(for: people.age)
      do throws(SurveyError) {
        let found = try design.estimate(
          .standardised(
            isDiagnosed.map { $0 ? 1 : 0 },
            groups: people.age.map { $0.flatMap { merged.group(of: $0) } }, shares: merged.shares))
        standardised = Self.step(found, rows: design.rows)
      } catch { throw SampleError("\(definition.disease.name): \(error)") }
    } else {
      standardised = nil
    }
    treated =
      definition.drugs == nil
      ? nil : try share(people.isTreated[place].map { $0 }, isDiagnosed)
    let control = states.map { state -> Bool? in
      switch state {
      case .controlled: true
      case .uncontrolled: false
      default: nil
      }
    }
    controlled = definition.control == nil ? nil : try share(control)
    let need = states.map { state -> Bool? in
      switch state {
      case .untreated, .uncontrolled: true
      case .controlled: false
      case .unknown, .well: nil
      }
    }
    unmet = try share(need)
    if unmet == nil {
      unmetPeople = nil
    } else {
      do throws(SurveyError) {
        let total = try design.estimate(.total(need.map { $0 == true ? 1 : 0 }))
        let ends = total.interval()
        unmetPeople = Step(
          estimate: total,
          interval: ends.map {
            // Fewer than nobody is nobody.
            Interval(lower: max(0, $0.lower), upper: max(0, $0.upper), confidence: $0.confidence)
          })
      } catch { throw SampleError("\(definition.disease.name): \(error)") }
    }
  }

  private static func state(
    _ row: Int, _ definition: DiseaseDefinition, _ place: Int, _ people: SampleFiles.People
  ) -> State {
    guard people.isDiagnosed[place][row] else { return .well }
    if definition.drugs != nil, !people.isTreated[place][row] { return .untreated }
    // Who is treated, and has no limit to reach, has what there is.
    guard let control = definition.control else { return .controlled }
    guard let value = people.measured[place][row] else { return .unknown }
    return control.holds(value) ? .controlled : .uncontrolled
  }

  private static func step(_ estimate: SurveyEstimate, rows: Int) -> Step {
    Step(
      estimate: estimate,
      interval: estimate.interval(.logit) ?? estimate.interval(.beta, sampleRows: rows))
  }

  /// The need as a value that orders diseases; nil where nothing is known of it.
  public var need: DiseaseNeed? {
    guard let unmet, let unmetPeople else { return nil }
    return DiseaseNeed(
      disease: definition.disease, people: unmetPeople.told, share: unmet.told,
      prevalence: prevalence.told)
  }
}
