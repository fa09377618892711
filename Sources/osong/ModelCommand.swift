import ArgumentParser
import Foundation
import PropertyModels
import Provenance

struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model",
    abstract: "Take a trained model elsewhere, or put it in the place of another.",
    subcommands: [ModelExportCommand.self, ModelReplaceCommand.self])
}

struct ModelExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the networks of a model as ONNX files.",
    discussion: """
      One file for each network, <kind>-<member>.onnx; the model's answer is their mean. Inputs are \
      the features, so the caller must make them as this program does: see \
      docs/models/message-passing.md. The note "tasks" in a file says what each output means.

        osong model export solubility.model --onnx -o solubility-onnx/
      """)
  @Argument(help: "The model folder.") var model: String
  @Flag(help: "As ONNX, opset 18: the only format there is.") var onnx = false
  @Option(name: .shortAndLong, help: "The folder to write.") var output: String
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard onnx else { throw ValidationError("name the format: --onnx") }
  }

  func run() throws {
    let files = try TrainedModel(at: URL(filePath: model)).onnxFiles()
    let folder = URL(filePath: output)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
      try AtomicFile.write(bytes, to: folder.appending(path: name))
    }
    common.terminal.say("wrote \(files.count) networks into \(output)")
  }
}
