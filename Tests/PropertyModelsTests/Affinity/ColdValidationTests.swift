import Featurization
import Foundation
import Parallelism
import PropertyModels
import TestSupport
import Testing

@Suite struct ColdValidationTests {
  private let pool = WorkerPool(threads: 2)

  private func validated(fits: Bool = true) throws -> ValidatedAffinity {
    let table = try MadeUpPairs(noise: 3, fits: fits).table()
    return try ValidatedAffinity(
      LearningTask(name: "pKd", unit: "−log₁₀(mol/L)"), settings: MadeUpPairs.settings, on: table,
      ids: (
        (0..<table.compounds.count).map { "C\($0)" }, table.proteins.indices.map { "P\($0)" }
      ), plan: ColdValidation.Plan(), seed: 3, using: pool)
  }

  @Test func `relatives, and relatives of relatives, are of one family`() throws {
    let chains = [
      "MKKFFDSRREQGGSGLGSGSSGGGG", "WWHHCCPPWHCPHWCPHHWC", "MKKFFDSRREQGGSGLGWWWWWWWW",
      "ACDYACDYACDWWWWWWWW",
    ]
    let spectra = try chains.map { ProteinSpectrum(of: try ProteinSequence($0)) }
    let cosine = Double(
      min(spectra[0].similarity(to: spectra[2]), spectra[2].similarity(to: spectra[3])))
    #expect(Double(spectra[0].similarity(to: spectra[3])) < cosine)
    let families = ProteinFamilies(of: spectra, cosine: cosine, using: pool)
    #expect(families.family == [0, 1, 0, 0])
    #expect(ProteinFamilies(of: spectra, cosine: 1.1, using: pool).count == 4)
  }

  @Test func `near relatives are hidden together, and each protein once`() throws {
    let table = try MadeUpPairs(noise: 3).table()
    let spectra = table.proteins.map { ProteinSpectrum(of: $0) }
    let families = ProteinFamilies(of: spectra, cosine: 0.3, using: pool)
    #expect(families.count == 12)
    let folds = families.folds(5, seed: 1)
    #expect(Set(folds) == Set(0..<5))
    for one in spectra.indices {
      for other in spectra.indices where folds[one] != folds[other] {
        #expect(spectra[one].similarity(to: spectra[other]) < 0.3)
      }
    }
    #expect(families.folds(5, seed: 1) == folds)
  }

  @Test func `what the proteins tell lets the gate pass, and only for those near enough`() throws {
    let model = try validated()
    let decision = try #require(model.decisions[.known])
    #expect(decision.passes, "\(decision.reason)")
    let level = try #require(decision.level)
    let table = try MadeUpPairs(noise: 3).table()
    // As near as hidden ones were, or nearer.
    let verdict = try #require(model.verdicts(on: table.proteins[5])[.known])
    #expect(verdict.isUsable && verdict.nearest == "P5" && verdict.cosine >= level)
    #expect(verdict.reason.hasPrefix("learned from related proteins: nearest P5, cosine "))
    let stranger = try ProteinSequence(String(repeating: "WHCPM", count: 30))
    let other = try #require(model.verdicts(on: stranger)[.known])
    #expect(!other.isUsable)
    #expect(other.reason.contains("below the"), "\(other.reason)")
    // No hidden protein was that near to what was learned from.
    #expect(model.validation.proteins.count == 24)
    #expect(model.validation.proteins.allSatisfy { $0.cosine < 0.3 && $0.known != nil })
  }

  @Test
  func `where the protein does not matter the compound's mean is as good, and the gate says so`()
    throws
  {
    let model = try validated(fits: false)
    let decision = try #require(model.decisions[.known])
    #expect(!decision.passes)
    #expect(decision.reason.contains("not surely better than no learning"), "\(decision.reason)")
    #expect(decision.reason.contains("the compound's mean over other proteins"))
    let table = try MadeUpPairs(noise: 3).table()
    #expect(model.verdicts(on: table.proteins[0])[.known]?.isUsable == false)
  }

  @Test func `a folder that was read says the same, and a broken one is an error in a sentence`()
    throws
  {
    let scratch = try ScratchFolder()
    let folder = scratch.url.appending(path: "m")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let model = try validated()
    try model.write(into: folder)
    let read = try ValidatedAffinity(at: folder, using: pool)
    let table = try MadeUpPairs(noise: 3).table()
    let asked = CompoundTable(smiles: [
      "CCCN", String(repeating: "C", count: 30) + "N", "CC(=O)OCC",
    ])
    let said = try model.predictions(of: asked, for: table.proteins[3], using: pool)
    #expect(try read.predictions(of: asked, for: table.proteins[3], using: pool) == said)
    #expect(said.map(\.kind) == [.known, .new, .new])
    #expect(read.decisions == model.decisions && read.validation == model.validation)
    #expect(read.verdicts(on: table.proteins[3]) == model.verdicts(on: table.proteins[3]))

    // Towers for one protein answer as the towers do.
    let own = try #require(read.model(for: table.proteins[3]))
    #expect(try own.values(ofTask: 0, for: asked, using: pool) == said.map(\.value))

    for name in ["validation.json", "compounds.json", "towers/towers.safetensors", "affinity.json"]
    {
      let url = folder.appending(path: name)
      let bytes = try Data(contentsOf: url)
      try bytes.dropLast(40).write(to: url)
      let error = #expect(throws: ModelError.self) {
        try ValidatedAffinity(at: folder, using: pool)
      }
      #expect("\(try #require(error))".contains(name))
      try FileManager.default.removeItem(at: url)
      #expect(throws: ModelError.self) { try ValidatedAffinity(at: folder, using: pool) }
      try bytes.write(to: url)
    }
    #expect(throws: ModelError.notFound(path: scratch.url.path)) {
      try ValidatedAffinity(at: scratch.url, using: pool)
    }
  }

  @Test func `one family cannot be hidden from itself`() throws {
    let table = try MadeUpPairs(families: 2, each: 6).table()
    #expect(throws: FittingError.self) {
      try ColdValidation(of: MadeUpPairs.settings, on: table, seed: 1, using: pool)
    }
  }
}
