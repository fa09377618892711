public import Foundation
import Provenance

/// The secret that lets its bearer change something.
public struct Token: Sendable {
  private let digest: Digest

  /// Takes a token's text.
  public init(_ text: String) { digest = Digest(of: text) }

  /// Reads a token's file, or makes one that only its owner can read.
  public init(fileAt url: URL) throws {
    if let text = try? String(contentsOf: url, encoding: .utf8) {
      let token = text.trimmingCharacters(in: .whitespacesAndNewlines)
      guard token.utf8.count >= 32 else { throw TokenError(path: url.path) }
      self.init(token)
      return
    }
    var source = SystemRandomNumberGenerator()
    let text = (0..<4).map { _ in
      let digits = String(UInt64.random(in: .min ... .max, using: &source), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
    let files = FileManager.default
    try files.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    guard
      files.createFile(
        atPath: url.path, contents: Data((text + "\n").utf8),
        attributes: [.posixPermissions: 0o600])
    else { throw TokenError(path: url.path) }
    self.init(text)
  }

  /// Whether a header `Authorization` bears the token.
  func admits(_ header: String?) -> Bool {
    guard let header, header.utf8.count <= 200, header.hasPrefix("Bearer ") else { return false }
    // Digests are compared, so the time it takes tells nothing of the token.
    return Digest(of: String(header.dropFirst(7))) == digest
  }
}

/// A token that cannot be used.
public struct TokenError: Error, CustomStringConvertible {
  let path: String
  /// One line for a reader.
  public var description: String {
    "\(path) is no token (32 characters or more), and none could be made there"
  }
}
