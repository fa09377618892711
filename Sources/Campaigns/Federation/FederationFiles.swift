public import Foundation
public import Hospitals
import Yams

/// The YAML files of a federation: studies, and the two sides' own files.
public enum FederationFiles {
  /// The longest file that is read, in bytes; aliases in YAML are bounded by the parser.
  private static let limit = 1 << 20

  /// Reads a study.
  public static func study(at url: URL) throws -> StudyDefinition {
    try read(StudyDefinition.self, at: url)
  }

  /// Reads a file as a value; one line says what is wrong with it.
  public static func read<Value: Decodable>(_ type: Value.Type, at url: URL) throws -> Value {
    let data: Data
    do { data = try Data(contentsOf: url) } catch {
      throw HospitalError("\(url.relativePath) cannot be read")
    }
    guard data.count <= limit else {
      throw HospitalError("\(url.relativePath) has more than \(limit) bytes")
    }
    do { return try YAMLDecoder().decode(type, from: data) } catch {
      throw HospitalError("\(url.relativePath): \(reason(error))")
    }
  }

  private static func reason(_ error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, _): "`\(key.stringValue)` is missing"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      "\(path(context)) is of the wrong kind"
    case DecodingError.dataCorrupted(let context):
      context.underlyingError.map { "\($0)" } ?? "\(path(context)): \(context.debugDescription)"
    default: "\(error)"
    }
  }

  private static func path(_ context: DecodingError.Context) -> String {
    let path = context.codingPath.map(\.stringValue).joined(separator: ".")
    return path.isEmpty ? "the file" : "`\(path)`"
  }
}
