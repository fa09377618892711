import Foundation

/// What a browser or a program asks, without anything of how it came.
public struct Question: Sendable {
  /// The methods that are answered.
  public enum Method: String, Sendable {
    case get = "GET", head = "HEAD", post = "POST"
  }

  /// What is to be done; nil for a method that nothing here knows.
  public var method: Method?
  /// The path's parts, percent signs decoded; empty for the first page.
  public var path: [String]
  /// The query, names and values decoded; of a name that comes twice the last.
  public var query: [String: String]
  /// The host that was asked, with or without a port.
  public var host: String
  /// The header `Authorization`; nil where there is none.
  public var authorization: String?

  /// Describes a question.
  public init(
    _ method: Method?, path: [String], query: [String: String] = [:], host: String = "localhost",
    authorization: String? = nil
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.host = host
    self.authorization = authorization
  }

  /// Reads a path and query as they stand in a request; nil where they are no such text.
  public init?(_ method: Method?, target: String, host: String, authorization: String? = nil) {
    guard target.utf8.count <= Self.longest, target.hasPrefix("/") else { return nil }
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var path: [String] = []
    for part in parts[0].split(separator: "/") {
      guard let text = String(part).removingPercentEncoding, !text.contains("\0") else {
        return nil
      }
      path.append(text)
    }
    var query: [String: String] = [:]
    for pair in (parts.count > 1 ? parts[1] : "").split(separator: "&") {
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let texts = sides.map {
        $0.replacingOccurrences(of: "+", with: " ").removingPercentEncoding
      }
      guard let name = texts[0], let value = texts.count > 1 ? texts[1] : "" else { return nil }
      query[name] = value
    }
    self.init(method, path: path, query: query, host: host, authorization: authorization)
  }

  /// The longest path and query that is read, in bytes.
  public static let longest = 4_096
}
