/// The people of a study: with genotypes, the trait and all covariates, and who may be read.
///
/// Nobody else leaves a trace in what is computed: a study equals one of files without the others.
public struct StudyPeople: Sendable {
  /// Their rows among the genotypes, ascending.
  public let rows: [Int]
  /// Their names.
  let people: [PlinkFiles.Person]
  /// The trait of each; 1 and 0 for cases and controls.
  let trait: [Double]
  /// The covariates, column by column.
  let covariates: [[Double]]
  /// The names of the covariates.
  let names: [String]

  /// Chooses the people.
  ///
  /// - Parameters:
  ///   - trait: by person's number.
  ///   - covariates: by person's number; a person who lacks one is left out.
  ///   - names: of the covariates, for messages.
  ///   - allowed: who may be read; nil for all.
  public init(
    among people: [PlinkFiles.Person], trait: [String: Double],
    covariates: [String: [Double?]] = [:], names: [String] = [], allowed: Set<String>? = nil
  ) throws(BiobankError) {
    // Tables of people know the person's number alone.
    var seen = Set<String>()
    if let twice = people.first(where: { !seen.insert($0.id).inserted }) {
      throw .genotypes(".fam", "the person \(twice.id) stands twice, in two families")
    }
    let width = covariates.values.first?.count ?? 0
    let named = (0..<width).map { $0 < names.count ? names[$0] : "number \($0 + 1)" }
    let having = people.indices.filter { trait[people[$0].id] != nil }
    guard !having.isEmpty else {
      throw .noEstimate(
        "none of the \(people.count) people with genotypes has the trait: "
          + "its table is of other people, or names them otherwise")
    }
    let readable = having.filter { allowed?.contains(people[$0].id) ?? true }
    for (column, name) in named.enumerated() {
      let isEmpty = readable.allSatisfy { covariates[people[$0].id]?[column] == nil }
      if isEmpty, !readable.isEmpty {
        throw .noEstimate("the covariate \(name) is unknown for all")
      }
    }
    let chosen = readable.filter { row in
      width == 0 || covariates[people[row].id].map { $0.allSatisfy { $0 != nil } } ?? false
    }
    guard chosen.count > width + 10 else {
      throw .noEstimate(
        "\(chosen.count) people have genotypes, the trait and all covariates, and may be read")
    }
    rows = chosen
    self.people = chosen.map { people[$0] }
    self.trait = chosen.map { trait[people[$0].id] ?? 0 }
    self.covariates = (0..<width).map { column in
      chosen.map { (covariates[people[$0].id]?[column] ?? nil) ?? 0 }
    }
    self.names = named
  }

  /// How many are cases; nil for a measured trait.
  public func cases(in coding: PersonTable.Coding) -> Int? {
    coding == .measured ? nil : trait.count { $0 == 1 }
  }
}
