import Foundation
import Testing

@testable import PropertyModels

@Suite("Export of networks")
struct ONNXExportTests {
  @Test(
    "every network of a model that was read is a file that names its tasks",
    arguments: SmallRecipes.all.filter { $0.family is any NetworkFamily })
  func networks(_ recipe: ModelRecipe) throws {
    let model = try recipe.train(on: SmallExamples().both, in: TrainingContext())
    let files = try model.onnxFiles()
    #expect(files.keys.contains("regression-0.onnx"))
    #expect(files.keys.contains("classification-0.onnx"))
    for (name, data) in files {
      let task = name.hasPrefix("regression") ? SmallExamples.number : SmallExamples.activity
      #expect(
        data.range(of: Data("\"name\" : \"\(task.name)\"".utf8)) != nil
          || data.range(of: Data("\"name\":\"\(task.name)\"".utf8)) != nil, "\(name)")
      #expect(
        data.range(of: Data("encoder.input.weight".utf8)) != nil
          || data.range(of: Data("layers.0.weight".utf8)) != nil)
    }
    #expect(try model.reading(model.files()).onnxFiles() == files)
  }

  @Test func `a model that is no network is refused by its family's name`() throws {
    let model = try ModelRecipe(Dummy()).train(on: SmallExamples().regression, in: .init())
    #expect(throws: ONNXExportError.notNetworks(family: "dummy")) { try model.onnxFiles() }
  }
}
