import Featurization
import Foundation
import Parallelism
import TestSupport
import Testing

@testable import PropertyModels

@Suite struct ModelFolderTests {
  private let scratch: ScratchFolder
  private let training: SmallTraining
  private let model: PropertyModel
  private var weights: URL { scratch.url.appending(path: PropertyModel.weightsFile) }
  private var compounds: URL { scratch.url.appending(path: PropertyModel.compoundsFile) }

  init() throws {
    scratch = try ScratchFolder()
    training = try SmallTraining(count: 60, epochs: 2)
    model = try training.model()
    try model.write(into: scratch.url)
  }

  private func read() throws -> PropertyModel {
    try PropertyModel(at: scratch.url, using: WorkerPool(threads: 2))
  }

  /// The file that an attempt to read complains of; nil when it is read.
  private func complaint() throws -> String? {
    do {
      _ = try read()
      return nil
    } catch ModelError.damaged(let file, _) { return file }
  }

  @Test func `a model that was written and read predicts the same, to the bit`() throws {
    let other = try read()
    #expect(training.predictions(of: other) == training.predictions(of: model))
    #expect(other.values(of: training.features) == model.values(of: training.features))
    #expect(other.description == model.description)
    #expect(other.domain.compounds == model.domain.compounds)
  }

  @Test func `writing again gives the same bytes`() throws {
    let again = try ScratchFolder()
    try read().write(into: again.url)
    #expect(try files(in: again.url) == files(in: scratch.url))
  }

  @Test func `no flipped byte of the weights passes`() throws {
    let sound = try Data(contentsOf: weights)
    let header = Int(sound[0]) + Int(sound[1]) << 8 + Int(sound[2]) << 16
    let places =
      Array(stride(from: 0, to: header, by: 197))
      + stride(from: header + 8, to: sound.count, by: 19_973)
    for place in places {
      var bytes = sound
      bytes[place] ^= 0x11
      try bytes.write(to: weights)
      #expect(try complaint() == PropertyModel.weightsFile, "byte \(place) of \(sound.count)")
    }
  }

  @Test func `no cut file of weights passes`() throws {
    let sound = try Data(contentsOf: weights)
    for length in [0, 1, 7, 8, 100, sound.count / 2, sound.count - 1] {
      try sound.prefix(length).write(to: weights)
      #expect(try complaint() == PropertyModel.weightsFile, "\(length) bytes")
    }
  }

  @Test func `no change of the measured compounds passes`() throws {
    let sound = try Data(contentsOf: compounds)
    for place in stride(from: 0, to: sound.count, by: 61) {
      var bytes = sound
      bytes[place] ^= 0x01
      try bytes.write(to: compounds)
      #expect(try complaint() == PropertyModel.compoundsFile, "byte \(place)")
    }
    try sound.prefix(sound.count / 2).write(to: compounds)
    #expect(try complaint() == PropertyModel.compoundsFile)
    try FileManager.default.removeItem(at: compounds)
    #expect(try complaint() == PropertyModel.compoundsFile)
  }

  @Test func `a folder without a model says so`() throws {
    try FileManager.default.removeItem(at: weights)
    #expect(throws: ModelError.notFound(path: scratch.url.path)) { try read() }
  }

  @Test func `descriptions that cannot be computed with are not usable`() {
    #expect(model.description.isUsable)
    var description = model.description
    description.settings.members = -1
    #expect(!description.isUsable)
    description = model.description
    description.settings.hidden = [0]
    #expect(!description.isUsable)
    description = model.description
    description.settings.features.blocks = []
    #expect(!description.isUsable)
  }
}
