import Foundation
public import Provenance

extension Question {
  /// The question as bytes; the version stands first, in every version.
  public var bytes: [UInt8] {
    var writer = WireWriter()
    writer.write(version)
    writer.write(study)
    writer.write(run)
    writer.write(round)
    writer.write(nonce)
    write(into: &writer)
    return writer.bytes
  }

  /// What is asked whatever run, round and nonce it comes with: the same content has the same answer.
  public var content: Digest {
    var writer = WireWriter()
    writer.write(study)
    write(into: &writer)
    return Digest(of: writer.bytes)
  }

  private func write(into writer: inout WireWriter) {
    switch body {
    case .moments: writer.write(UInt8(1))
    case .newton(let scalings, let coefficients):
      writer.write(UInt8(2))
      Self.write(scalings, into: &writer)
      writer.write(UInt8(coefficients.count))
      writer.write(coefficients)
    case .estimate(let scalings):
      writer.write(UInt8(3))
      Self.write(scalings, into: &writer)
    case .table: writer.write(UInt8(4))
    case .noisyTable(let numerator, let denominator):
      writer.write(UInt8(5))
      writer.write(numerator)
      writer.write(denominator)
    }
  }

  private static func write(_ scalings: [Scaling], into writer: inout WireWriter) {
    writer.write(UInt8(scalings.count))
    for scaling in scalings { writer.write([scaling.centre, scaling.scale]) }
  }

  /// Reads a question.
  public init(bytes: [UInt8]) throws(MessageError) {
    var reader = WireReader(bytes)
    let version = try reader.integer(UInt16.self)
    guard version == FederationLimits.version else { throw .version(theirs: version) }
    self.init(
      study: try reader.digest(), run: try reader.messageID(),
      round: try reader.integer(UInt32.self), nonce: try reader.messageID(),
      body: try Self.body(&reader))
    try reader.finish()
  }

  private static func body(_ reader: inout WireReader) throws(MessageError) -> Body {
    switch try reader.integer(UInt8.self) {
    case 1: return .moments
    case 2:
      let scalings = try scalings(&reader)
      let count = Int(try reader.integer(UInt8.self))
      guard (1...FederationLimits.coefficients).contains(count) else {
        throw .malformed("\(count) coefficients")
      }
      return .newton(scalings: scalings, coefficients: try reader.numbers(count))
    case 3: return .estimate(scalings: try scalings(&reader))
    case 4: return .table
    case 5:
      let numerator = try reader.integer(UInt32.self)
      let denominator = try reader.integer(UInt32.self)
      guard numerator > 0, denominator > 0 else { throw .malformed("a privacy loss of nothing") }
      return .noisyTable(numerator: numerator, denominator: denominator)
    case let kind: throw .malformed("no question has the kind \(kind)")
    }
  }

  private static func scalings(_ reader: inout WireReader) throws(MessageError) -> [Scaling] {
    let count = Int(try reader.integer(UInt8.self))
    guard count <= FederationLimits.coefficients else { throw .malformed("\(count) scalings") }
    var scalings: [Scaling] = []
    for _ in 0..<count {
      guard let scaling = Scaling(centre: try reader.number(), scale: try reader.number()) else {
        throw .malformed("a scale is not above 0")
      }
      scalings.append(scaling)
    }
    return scalings
  }
}
