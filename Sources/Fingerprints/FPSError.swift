/// What is wrong with an FPS file, and where.
public struct FPSError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of fault.
  public enum Reason: Hashable, Sendable {
    /// The first line is not `#FPS1`.
    case notFPS
    /// A line of more bytes than allowed.
    case lineTooLong(limit: Int)
    /// The file ends inside a line, so it may have been cut.
    case unterminatedLine
    /// A head line without `=`, or with a bad or repeated value.
    case header(String)
    /// Neither a `num_bits` line nor a fingerprint to take the width from.
    case unknownWidth
    /// A blank line among the fingerprints.
    case blankLine
    /// No tab or nothing after it.
    case missingID
    /// An id that is no UTF-8, or has a character FPS cannot hold.
    case badID
    /// Digits that are no fingerprint of the file's width.
    case fingerprint(Fingerprint.HexError)
  }

  /// The line, from 1; the number of the record for a writer.
  public let line: Int
  /// The fault.
  public let reason: Reason

  /// Creates an error.
  public init(line: Int, reason: Reason) {
    self.line = line
    self.reason = reason
  }

  /// The fault in one sentence.
  public var description: String { "line \(line): \(reason.text)" }
}

extension FPSError.Reason {
  fileprivate var text: String {
    switch self {
    case .notFPS: "an FPS file starts with #FPS1"
    case .lineTooLong(let limit): "the line has more than \(limit) bytes"
    case .unterminatedLine: "the file ends inside a line"
    case .header(let why): why
    case .unknownWidth: "neither num_bits nor a fingerprint tells the number of bits"
    case .blankLine: "the line is blank"
    case .missingID: "the id is missing"
    case .badID: "the id is not UTF-8 text, or holds a tab, a line end or a NUL"
    case .fingerprint(let error): error.description
    }
  }
}
