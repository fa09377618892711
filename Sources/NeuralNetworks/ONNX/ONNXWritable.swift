/// A network that can be written as an ONNX file, for programs that are not ours.
public protocol ONNXWritable {
  /// The file's bytes.
  ///
  /// - Parameter notes: what the file says about itself beside the computation.
  func onnx(notes: [String: String]) -> [UInt8]
}

extension MultilayerPerceptron: ONNXWritable {}
extension MessagePassingNetwork: ONNXWritable {}
