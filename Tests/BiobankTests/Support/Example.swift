import Foundation
import Parallelism
import TestSupport
import Testing

@testable import Biobank

/// regenie's example cohort and the tables that the field's tools made of it.
enum Example {
  static func path(_ name: String) -> String {
    SharedData.path("datasets/geno_regenie_example/" + name)
  }

  static func chosen(
    _ phenotypes: String, _ trait: String
  ) throws -> (people: StudyPeople, coding: PersonTable.Coding) {
    let column = try PersonTable(path: path(phenotypes)).column(trait)
    let (coding, values) = PersonTable.decoded(column)
    let covariates = try PersonTable(path: path("covariates.txt"))
    let people = try StudyPeople(
      among: GenotypeStream(prefix: path("example")).people, trait: values,
      covariates: covariates.values, names: covariates.names)
    return (people, coding)
  }

  static func scan(
    _ phenotypes: String, _ trait: String, test: VariantFinding.Test = .t
  ) throws -> [VariantFinding] {
    try findings(GenomeScan(measured: chosen(phenotypes, trait).people, test: test))
  }

  static func findings(_ scan: GenomeScan) throws -> [VariantFinding] {
    var found: [VariantFinding] = []
    try scan.run(GenotypeStream(prefix: path("example")), pool: WorkerPool(threads: 2)) {
      found.append($0)
    }
    return found
  }

  /// A reference table's rows by column; one `#` before a heading is dropped.
  static func table(_ path: String, by separator: Character) throws -> [[String: String]] {
    let lines = try SharedData.text(path).split(separator: "\n")
    func fields(_ line: Substring) -> [String] {
      line.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }
    let header = fields(lines[0]).map { $0.hasPrefix("#") ? String($0.dropFirst()) : $0 }
    return lines.dropFirst().map { line in
      Dictionary(uniqueKeysWithValues: zip(header, fields(line)))
    }
  }
}

/// Whether a number equals one of a table, relative to its size.
func expectClose(
  _ value: Double, _ text: String?, _ tolerance: Double,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let expected = try #require(text.flatMap(Double.init), sourceLocation: sourceLocation)
  #expect(
    abs(value - expected) <= tolerance * max(abs(expected), 1e-3), "\(value) for \(expected)",
    sourceLocation: sourceLocation)
}
