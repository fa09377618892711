import Foundation
import Parallelism
import TestSupport
import Testing

@testable import Biobank

@Suite("Principal components of people")
struct ComponentTests {
  private func components(
    _ files: PlinkFiles, variants: [Int]? = nil, isExact: Bool, count: Int = 10, threads: Int = 2
  ) throws -> PrincipalComponents {
    try PrincipalComponents(
      files, variants: variants ?? Array(files.variants.indices),
      rows: Array(files.people.indices), frequency: 0, count: count, isExact: isExact,
      pool: WorkerPool(threads: threads))
  }

  private func cosine(_ one: [Double], _ other: [Double]) -> Double {
    func product(_ a: [Double], _ b: [Double]) -> Double {
      zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
    }
    return abs(product(one, other)) / (product(one, one) * product(other, other)).squareRoot()
  }

  @Test(
    "Eigenvalues and vectors equal plink2's, with and without missing genotypes",
    .enabled(if: SharedData.isPresent),
    arguments: [("hapmap3", false), ("1000genomes_phase1", true)])
  func reference(name: String, isThousand: Bool) throws {
    let scratch = try ScratchFolder()
    let files = try isThousand ? thousandGenomes(scratch) : hapMap(scratch)
    let found = try components(files, isExact: true)
    let json = try #require(
      try JSONSerialization.jsonObject(
        with: SharedData.bytes("references/genotype_qc/expected_pca.json")) as? [String: Any])
    let set = try #require(json[name] as? [String: Any])
    let values = try #require(set["plink2_eigenvalues"] as? [Double])
    for (value, expected) in zip(found.values, values) {
      #expect(abs(value - expected) < 1e-5 * expected)
    }
    let rows = try SharedData.text("references/genotype_qc/expected_pca_eigenvectors_\(name).tsv")
      .split(separator: "\n").dropFirst().map { $0.split(separator: "\t").map(String.init) }
    let places = Dictionary(uniqueKeysWithValues: rows.enumerated().map { ($1[1], $0) })
    for component in 0..<4 {
      let expected = try found.rows.map { row in
        let place = try #require(places[files.people[row].id])
        return try #require(Double(rows[place][component + 2]))
      }
      #expect(cosine(found.vectors[component], expected) > 0.9999)
    }
  }

  @Test(
    "The randomised components are the exact ones where nothing is missing",
    .enabled(if: SharedData.isPresent))
  func randomised() throws {
    let files = try thousandGenomes(try ScratchFolder())
    let variants = Array(stride(from: 0, to: files.variants.count, by: 10))
    let exact = try components(files, variants: variants, isExact: true, count: 5)
    let random = try components(files, variants: variants, isExact: false, count: 5)
    #expect(random.method == .randomised)
    for component in 0..<5 {
      #expect(
        abs(random.values[component] - exact.values[component])
          < 1e-6 * exact.values[component])
      #expect(cosine(random.vectors[component], exact.vectors[component]) > 0.9999)
    }
    #expect(
      random.vectors
        == (try components(
          files, variants: variants, isExact: false, count: 5, threads: 1)).vectors)
  }

  @Test(
    "Missing genotypes as the mean give the eigenvalues known for that rule",
    .enabled(
      if: SharedData.isPresent && ProcessInfo.processInfo.environment["OSONG_FULL_TESTS"] != nil,
      "slow: OSONG_FULL_TESTS=1"))
  func imputed() throws {
    let found = try components(try hapMap(try ScratchFolder()), isExact: false)
    let json = try #require(
      try JSONSerialization.jsonObject(
        with: SharedData.bytes("references/genotype_qc/expected_pca.json")) as? [String: Any])
    let set = try #require(json["hapmap3"] as? [String: Any])
    let values = try #require(set["numpy_mean_imputed_denominator_M"] as? [Double])
    for (value, expected) in zip(found.values, values) {
      #expect(abs(value - expected) < 1e-8 * expected)
    }
  }

  @Test("Neither the order of people nor the threads change a bit", arguments: [true, false])
  func order(isExact: Bool) throws {
    let scratch = try ScratchFolder()
    let files = try madeUpCohort(scratch.path("a"))
    let turned = try rewritten(
      files, rows: files.people.indices.reversed(), to: scratch.path("b"))
    let one = try components(files, isExact: isExact, count: 4, threads: 1)
    let other = try components(turned, isExact: isExact, count: 4, threads: 3)
    #expect(one.values == other.values)
    #expect(one.vectors == other.vectors)
    #expect(one.rows.map { files.people[$0].id } == other.rows.map { turned.people[$0].id })
    #expect(one.vectors.allSatisfy { ($0.max() ?? 0) >= -($0.min() ?? 0) })
  }

  @Test("Of n people there are n − 1 components at most; what does not vary makes none")
  func few() throws {
    let scratch = try ScratchFolder()
    let files = try madeUpCohort(scratch.path("a"), people: 4)
    for isExact in [true, false] {
      let found = try components(files, isExact: isExact)
      #expect(found.values.count <= 3 && !found.values.isEmpty)
      #expect(found.values.allSatisfy { $0.isFinite && $0 > 0 })
    }
    let same = try rewritten(files, to: scratch.path("b"), { _, _, _ in .two })
    #expect(throws: BiobankError.self) { try components(same, isExact: true) }
    let alone = try rewritten(files, rows: [0], to: scratch.path("c"))
    #expect(throws: BiobankError.self) { try components(alone, isExact: true) }
  }
}
