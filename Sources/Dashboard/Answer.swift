public import Foundation

/// What is said in return.
public struct Answer: Sendable {
  /// What a body is made of.
  public enum Body: Sendable {
    /// A text in memory.
    case text(String)
    /// A file of a result, read piece by piece.
    case file(URL)
    /// The progress of a job, as long as it goes on and the asker listens.
    case events(job: Int64)
  }

  /// The status code of HTTP.
  public var status: Int
  /// The type of the body.
  public var type: String
  /// The body.
  public var body: Body
  /// More headers by their lower-case names.
  public var headers: [String: String] = [:]

  /// Makes an answer.
  public init(_ status: Int = 200, type: String, _ body: Body) {
    self.status = status
    self.type = type
    self.body = body
  }

  static func page(_ html: String) -> Answer {
    Answer(type: "text/html; charset=utf-8", .text(html))
  }

  static func json(_ value: some Encodable, status: Int = 200) throws -> Answer {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Answer(
      status, type: "application/json",
      .text(String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"))
  }

  /// An error that a program can read.
  static func fault(_ status: Int, _ message: String) -> Answer {
    let known = try? Answer.json(["error": message], status: status)
    return known ?? Answer(status, type: "application/json", .text("{}\n"))
  }

  /// What every answer says to a browser: guess no type, load it in no frame, tell nobody where the
  /// reader came from, keep no copy.
  static let protection = [
    "x-content-type-options": "nosniff", "x-frame-options": "DENY",
    "referrer-policy": "no-referrer", "cache-control": "no-store",
    "cross-origin-resource-policy": "same-origin", "cross-origin-opener-policy": "same-origin",
    // Pages bring a stricter policy of their own.
    "content-security-policy": "frame-ancestors 'none'",
  ]
}
