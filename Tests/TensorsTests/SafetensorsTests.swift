import Tensors
import Testing

private let sample = Safetensors(
  tensors: [
    "b": Tensor([2, 3], [1, -2, 3.5, .greatestFiniteMagnitude, -.leastNonzeroMagnitude, 0]),
    "a.weight": Tensor([1], [0.1]), "empty": Tensor([0, 4], []), "scalar": Tensor(7),
  ], metadata: ["note": "quote \" slash \\ line\nand 물질"])

/// A file with a header of one's own and some bytes after it.
private func file(_ header: String, data: Int = 0) -> [UInt8] {
  let text = Array(header.utf8)
  let length = (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
  return length + text + [UInt8](repeating: 0, count: data)
}

private func tensor(_ name: String, _ type: String, _ shape: String, _ range: String) -> String {
  "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":\(range)}"
}

@Test func `what is written is read back, to the bit`() throws {
  #expect(try Safetensors(decoding: sample.encoded()) == sample)
  let nothing = Safetensors(tensors: [:])
  #expect(try Safetensors(decoding: nothing.encoded()) == nothing)
}

@Test func `the same content gives the same bytes and aligned numbers`() {
  let again = Safetensors(
    tensors: Dictionary(uniqueKeysWithValues: sample.tensors.sorted { $0.key > $1.key }),
    metadata: sample.metadata)
  #expect(again.encoded() == sample.encoded())
  #expect(sample.encoded()[0] % 8 == 0)
}

private let roundings: [(NumberType, Float, Float)] = [
  (.bfloat16, 0x1.01p0, 0x1p0), (.bfloat16, 0x1.03p0, 0x1.04p0), (.bfloat16, .infinity, .infinity),
  (.bfloat16, 0x1.ffp127, .infinity), (.bfloat16, -0.0, -0.0),
  (.float16, 0x1.002p0, 0x1p0), (.float16, 0x1.006p0, 0x1.008p0), (.float16, 65504, 65504),
  (.float16, 65519, 65504), (.float16, 65520, .infinity), (.float16, 0x1p-24, 0x1p-24),
  (.float16, 0x1p-25, 0), (.float16, -0x1.8p-24, -0x1p-23), (.float16, 0x1p-14, 0x1p-14),
  (.float16, 0x1.ff8p-15, 0x1.ff8p-15),
]

@Test("16-bit numbers round to the nearest, ties to even", arguments: roundings)
func rounds(_ type: NumberType, _ value: Float, _ expected: Float) throws {
  let file = Safetensors(tensors: ["x": Tensor([1], [value])]).encoded(as: type)
  let found = try Safetensors(decoding: file).tensors["x"]?.elements
  #expect(found?.first?.bitPattern == expected.bitPattern)
}

@Test func `a NaN stays a NaN in every type`() throws {
  for type in NumberType.allCases {
    let low = Float(bitPattern: 0x7f80_0001)
    let bytes = Safetensors(tensors: ["x": Tensor([2], [.nan, low])]).encoded(as: type)
    let found = try Safetensors(decoding: bytes).tensors["x"]
    #expect(found?.elements.allSatisfy(\.isNaN) == true)
  }
}

private let lies: [([UInt8], SafetensorsError)] = [
  ([1, 2, 3], SafetensorsError.truncated(expected: 8, found: 3)),
  ([UInt8](repeating: 255, count: 9), .headerTooLong(bytes: .max)),
  ([200, 0, 0, 0, 0, 0, 0, 0, 0x7b], .truncated(expected: 208, found: 9)),
  (file("{\(tensor("x", "F32", "[2]", "[0,8]"))}", data: 4), .invalidRange(tensor: "x")),
  (file("{\(tensor("x", "F32", "[2]", "[0,4]"))}", data: 4), .invalidRange(tensor: "x")),
  (file("{\(tensor("x", "F32", "[1]", "[4,8]"))}", data: 8), .invalidRange(tensor: "x")),
  (file("{\(tensor("x", "F32", "[1]", "[8,4]"))}", data: 8), .invalidRange(tensor: "x")),
  (file("{\(tensor("x", "F32", "[1]", "[0,4]"))}", data: 5), .unclaimedBytes(1)),
  (
    file(
      "{\(tensor("x", "F32", "[1]", "[0,4]")),\(tensor("y", "F32", "[1]", "[0,4]"))}", data: 4),
    .invalidRange(tensor: "y")
  ),
  (
    file(
      "{\(tensor("x", "F32", "[1]", "[0,4]")),\(tensor("x", "F32", "[1]", "[4,8]"))}", data: 8),
    .duplicateName("x")
  ),
  (file("{\(tensor("x", "I64", "[1]", "[0,8]"))}", data: 8), .unsupportedType("I64", tensor: "x")),
  (
    file("{\(tensor("x", "F32", "[4611686018427387904,4,0]", "[0,0]"))}"),
    .invalidShape(tensor: "x")
  ),
  (
    file("{\(tensor("x", "F32", "[4611686018427387904]", "[0,0]"))}"), .invalidRange(tensor: "x")
  ),
  (
    file("{\(tensor("x", "F32", "[1,1,1,1,1,1,1,1,1]", "[0,4]"))}", data: 4),
    .invalidShape(tensor: "x")
  ),
]

@Test("a lying file is refused with its reason", arguments: lies)
func liesAreRefused(_ bytes: [UInt8], _ error: SafetensorsError) {
  #expect(throws: error) { try Safetensors(decoding: bytes) }
}

@Test(
  "a malformed header is refused",
  arguments: [
    "", " {}", "[]", "{", "{}x", "{\"x\":1}", "{\"x\":{}}", "{\"x\":{\"dtype\":\"F32\"}}",
    "{\(tensor("x", "F32", "[-1]", "[0,4]"))}", "{\(tensor("x", "F32", "[1.0]", "[0,4]"))}",
    "{\(tensor("x", "F32", "[99999999999999999999]", "[0,4]"))}",
    "{\"__metadata__\":{\"a\":1}}", "{\"__metadata__\":{\"a\":\"\\u12\"}}",
    "{\"__metadata__\":{\"a\":\"\\ud800\"}}", "{\"__metadata__\":{\"a\":\"\\q\"}}", "{\"a",
  ])
func malformedHeaders(_ header: String) {
  #expect {
    try Safetensors(decoding: file(header, data: 4))
  } throws: { error in
    if case .malformedHeader = error as? SafetensorsError { true } else { false }
  }
}

@Test func `no cut and no flipped byte can crash the reader`() {
  let whole = sample.encoded()
  for length in 0..<whole.count {
    #expect(throws: SafetensorsError.self) { try Safetensors(decoding: Array(whole[..<length])) }
  }
  var source = RandomSource(seed: 5)
  for _ in 0..<5000 {
    var bytes = whole
    for _ in 0..<(1 + source.next() % 3) {
      bytes[Int(source.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: source.next())
    }
    // Any outcome but a crash: a flipped number is a valid file.
    _ = try? Safetensors(decoding: bytes)
  }
}

@Test func `a tensor asked for by name must be there in its shape`() throws {
  #expect(try sample.tensor("b", shape: [2, 3]).count == 6)
  #expect(throws: SafetensorsError.missing("c")) { try sample.tensor("c", shape: [1]) }
  #expect(
    throws: SafetensorsError.unexpectedShape(tensor: "b", expected: [3, 2], found: [2, 3])
  ) { try sample.tensor("b", shape: [3, 2]) }
}
