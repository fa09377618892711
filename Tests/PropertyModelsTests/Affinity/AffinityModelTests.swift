import Featurization
import Foundation
import Parallelism
import PropertyModels
import Statistics
import TestSupport
import Testing

@Suite struct AffinityModelTests {
  private let pool = WorkerPool(threads: 2)

  /// Two families of proteins; amines bind to one, acids to the other.
  private func table(proteins count: Int = 12, noise: Double = 0.05) throws -> AffinityTable {
    var random = Xoshiro256(seed: 3)
    let smiles = (1...10).flatMap { size in
      let chain = String(repeating: "C", count: size)
      return [chain + "N", chain + "C(=O)O"]
    }
    let letters = Array("ACDEFGHIKLMNPQRSTVWY")
    func chain() -> [Character] { (0..<80).map { _ in letters[Int(random.next() % 20)] } }
    let families = [chain(), chain()]
    let proteins = try (0..<count).map { number in
      var own = families[number % 2]
      for _ in 0..<6 { own[Int(random.next() % 80)] = letters[Int(random.next() % 20)] }
      return try ProteinSequence(String(own))
    }
    var entries: [AffinityTable.Entry] = []
    for compound in smiles.indices {
      for protein in 0..<count {
        let fits = compound % 2 == protein % 2
        let error = noise * (Double(random.next() % 1_000) / 500 - 1)
        entries.append(
          AffinityTable.Entry(compound: compound, protein: protein, value: (fits ? 8 : 5) + error))
      }
    }
    return AffinityTable(
      compounds: CompoundTable(smiles: smiles), proteins: proteins, entries: entries)
  }

  private var small: AffinityModel.Settings {
    var settings = AffinityModel.Settings()
    (settings.tower, settings.embedding, settings.head) = (32, 16, [32])
    (settings.epochs, settings.batch) = (60, 32)
    return settings
  }

  private func error(_ predicted: [Double], _ table: AffinityTable) -> Double {
    zip(predicted, table.entries).reduce(0) { $0 + ($1.0 - $1.1.value) * ($1.0 - $1.1.value) }
      / Double(predicted.count)
  }

  @Test(arguments: [AffinityTable.Cold.none, .compound, .protein])
  func `what fits what is learned, also for those never seen`(cold: AffinityTable.Cold) throws {
    let table = try table()
    let split = table.folds(4, cold: cold, seed: 1)[0]
    let model = try AffinityModel(small, on: table.selecting(split.train), seed: 1, using: pool)
    let asked = table.selecting(split.test)
    // No sum of what compound and protein are worth alone comes below 2.25.
    #expect(try error(model.predictions(of: asked, using: pool), asked) < 0.5)
  }

  @Test func `one and two threads learn and say the same, and measured values are not looked at`()
    throws
  {
    let table = try table(proteins: 4)
    let predictions = try [1, 2].map { threads in
      let pool = WorkerPool(threads: threads)
      let model = try AffinityModel(small, on: table, seed: 7, using: pool)
      let blind = AffinityTable(
        compounds: table.compounds, proteins: table.proteins,
        entries: table.entries.map {
          AffinityTable.Entry(compound: $0.compound, protein: $0.protein, value: 0)
        })
      return try model.predictions(of: blind, using: pool)
    }
    #expect(predictions[0] == predictions[1])
  }

  @Test func `a pair's answer does not depend on the pairs beside it`() throws {
    let table = try table(proteins: 4)
    let model = try AffinityModel(small, on: table, seed: 7, using: pool)
    let all = try model.predictions(of: table, using: pool)
    for row in [0, 17, table.entries.count - 1] {
      #expect(try model.predictions(of: table.selecting([row]), using: pool) == [all[row]])
    }
  }

  @Test(arguments: AffinityTable.Cold.allCases)
  func `nothing that is hidden is learned from, and each is hidden once`(
    cold: AffinityTable.Cold
  ) throws {
    let table = try table()
    var tested: [Int: Int] = [:]
    for split in table.folds(5, cold: cold, seed: 2) {
      let train = table.selecting(split.train), test = table.selecting(split.test)
      #expect(Set(split.train).isDisjoint(with: split.test))
      if cold == .compound || cold == .both {
        #expect(Set(train.entries.map(\.compound)).isDisjoint(with: test.entries.map(\.compound)))
      }
      if cold == .protein || cold == .both {
        #expect(Set(train.entries.map(\.protein)).isDisjoint(with: test.entries.map(\.protein)))
      }
      for row in split.test { tested[row, default: 0] += 1 }
    }
    #expect(tested.values.allSatisfy { $0 == 1 })
    #expect(cold == .both || tested.count == table.entries.count)
  }

  @Test func `of nothing nothing is learned`() throws {
    let empty = try table().selecting([])
    #expect(throws: FittingError.self) { try AffinityModel(on: empty, seed: 0, using: pool) }
    var settings = small
    settings.epochs = 0
    let table = try table(proteins: 4)
    #expect(throws: FittingError.self) {
      try AffinityModel(settings, on: table, seed: 0, using: pool)
    }
  }

  @Test func `a model that was written and read says the same to the last bit`() throws {
    let table = try table(proteins: 4)
    var settings = small
    settings.members = 2
    let model = try AffinityModel(settings, on: table, seed: 7, using: pool)
    let read = try AffinityModel(reading: model.files())
    #expect(read.proteins == model.proteins && read.settings == settings)
    #expect(
      try read.predictions(of: table, using: pool) == model.predictions(of: table, using: pool))
    #expect(try read.files() == model.files())
  }

  @Test(arguments: [
    ("towers.json", "\"tower\" : 32", "\"tower\" : 16384", "not those of its settings"),
    ("towers.json", "\"tower\" : 32", "\"tower\" : 0", "layers of a width"),
    ("towers.json", "\"deviation\" : ", "\"deviation\" : -", "its scale is none"),
    ("towers.json", "{", "[", "not the JSON"),
    ("proteins.json", "[", "[\"MK1KK\",", "which is no residue"),
    ("proteins.json", "[", "[\"MKKKK\",", "not those of its settings"),
    ("towers.safetensors", "head.0", "dead.0", "head.0"),
  ])
  func `a broken file is told in a sentence`(
    name: String, old: String, new: String, reason: String
  ) throws {
    let model = try AffinityModel(small, on: table(proteins: 4), seed: 7, using: pool)
    var files = try model.files()
    var bytes = try files.data(name)
    let place = try #require(bytes.range(of: Data(old.utf8)))
    bytes.replaceSubrange(place, with: Data(new.utf8))
    files.add(bytes, as: name)
    let error = #expect(throws: ModelError.self) { try AffinityModel(reading: files) }
    #expect("\(try #require(error))".contains(reason), "\(error.map { "\($0)" } ?? "")")
  }
}
