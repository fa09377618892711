import Foundation

/// Measures one thing once and prints it as one line of JSON.
///
/// Repeats, and the turns of ours and theirs, are the business of `suites/speed.py`.
@main
struct Speed {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    let report: Report
    switch (arguments.first, arguments.count) {
    case ("fingerprints", 3...4):
      report = try FingerprintSpeed(
        smiles: arguments[1], threads: Int(arguments[2]) ?? 1,
        output: arguments.count > 3 ? arguments[3] : nil
      ).measure()
    case ("weights", 2):
      try NetworkSpeed.writeWeights(to: arguments[1])
      return
    case ("predict", 3...4):
      report = try NetworkSpeed(fingerprints: arguments[1]).prediction(
        weights: arguments[2], output: arguments.count > 3 ? arguments[3] : nil)
    case ("train", 3):
      report = try NetworkSpeed(fingerprints: arguments[1]).training(weights: arguments[2])
    case ("library", 3):
      report = try LibrarySpeed(library: arguments[1], queries: arguments[2]).measure()
    case ("products", 1):
      try ProductSpeed.write()
      return
    case ("onnx", 3):
      try ONNXExamples(folder: arguments[1]).write(smiles: arguments[2])
      return
    case ("graph-train", 4...6):
      report = try GraphSpeed(threads: Int(arguments[2]) ?? 1).training(
        table: arguments[1], epochs: Int(arguments[3]) ?? 2,
        output: arguments.count > 4 ? arguments[4] : nil,
        encoder: arguments.count > 5 ? arguments[5] : nil)
    case ("graph-predict", 4...5):
      report = try GraphSpeed(threads: Int(arguments[3]) ?? 1).prediction(
        model: arguments[1], smiles: arguments[2],
        output: arguments.count > 4 ? arguments[4] : nil)
    case ("graph-stored", 4...5):
      report = try GraphSpeed(threads: Int(arguments[3]) ?? 1).stored(
        model: arguments[1], smiles: arguments[2],
        output: arguments.count > 4 ? arguments[4] : nil)
    default:
      print(
        """
        usage: Speed fingerprints SMILES THREADS [PACKED]
               Speed weights SAFETENSORS
               Speed predict PACKED SAFETENSORS [OUTPUTS]
               Speed train PACKED SAFETENSORS
               Speed library LIBRARY QUERIES
               Speed products
               Speed onnx FOLDER SMILES
               Speed graph-train TABLE THREADS EPOCHS [PREDICTIONS [random|ENCODER]]
               Speed graph-predict MODEL SMILES THREADS [PREDICTIONS]
               Speed graph-stored MODEL SMILES THREADS [PREDICTIONS]
        """)
      exit(2)
    }
    try report.write()
  }
}
