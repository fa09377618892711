public import Entities
import Records

/// The table of diseases by need, out and in.
public enum NeedTable {
  private static let steps = [
    "prevalence", "standardised", "treated", "controlled", "unmet", "unmet_people",
  ]

  /// The header.
  public static let header =
    ["disease_id", "disease_name"] + steps.flatMap { [$0, "\($0)_lower", "\($0)_upper"] }
    + ["kept_back"]

  /// A row; steps that may not be told are empty, and named in the last column.
  public static func row(_ cascade: TreatmentCascade, _ release: CascadeRelease) -> [String] {
    let told: [(step: TreatmentCascade.Step?, isTold: Bool)] = [
      (cascade.prevalence, release.prevalence), (cascade.standardised, release.prevalence),
      (cascade.treated, release.treated), (cascade.controlled, release.controlled),
      (cascade.unmet, release.unmet), (cascade.unmetPeople, release.unmet),
    ]
    let numbers = told.flatMap { step, isTold -> [String] in
      guard isTold, let told = step?.told else { return ["", "", ""] }
      return [told.value, told.lower, told.upper].map { $0.map { "\($0)" } ?? "" }
    }
    let keptBack = zip(steps, told).filter { $1.step != nil && !$1.isTold }.map(\.0)
    let disease = cascade.definition.disease
    return [disease.id, disease.name] + numbers + [keptBack.joined(separator: " ")]
  }

  /// Reads the needs of a table; diseases whose need is kept back or unknown are left out.
  public static func read(path: String) throws(SampleError) -> [DiseaseNeed] {
    var kinds: [String: SampleTable.Kind] = ["disease_id": .text, "disease_name": .text]
    for step in ["prevalence", "unmet", "unmet_people"] {
      for end in ["", "_lower", "_upper"] { kinds[step + end] = .number }
    }
    let table = try SampleTable(.file(path), columns: kinds)
    guard table.refused.total == 0 else {
      let first = table.refused.examples[0]
      throw SampleError("\(path): line \(first.line) \(first.reason)")
    }
    return (0..<table.rows).compactMap { row in
      func estimate(_ step: String) -> DiseaseNeed.Estimate? {
        table.number(step)[row].map {
          DiseaseNeed.Estimate(
            value: $0, lower: table.number("\(step)_lower")[row],
            upper: table.number("\(step)_upper")[row])
        }
      }
      guard let people = estimate("unmet_people"), let share = estimate("unmet"),
        let prevalence = estimate("prevalence")
      else { return nil }
      return DiseaseNeed(
        disease: EvidenceDisease(
          id: table.text("disease_id")[row], name: table.text("disease_name")[row]),
        people: people, share: share, prevalence: prevalence)
    }
  }
}
