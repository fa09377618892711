/// Something that takes bytes from strangers.
protocol FuzzTarget {
  /// Its name on the command line.
  static var name: String { get }
  /// Sound inputs, from which the fuzzer makes others.
  static func seeds() throws -> [[UInt8]]
  /// Takes an input; a crash, a leak or a hang is a find, an error is not.
  static func take(_ bytes: [UInt8])
}

/// The target with a name on the command line.
func fuzzTarget(named name: String?) -> (any FuzzTarget.Type)? {
  let all: [any FuzzTarget.Type] = [
    FPSTarget.self, FPBTarget.self, SegmentTarget.self, SMARTSTarget.self,
  ]
  return all.first { $0.name == name }
}
