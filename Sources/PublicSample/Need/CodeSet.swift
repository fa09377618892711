/// A set of codes of a classification: ICD-10, KCD, ATC, or any other that grows from the left.
///
/// Written `E10-E14, I10, E78.0, !E10.9`: a code stands for all that begin with it, a range for all
/// whose beginning lies in it, an exclamation mark takes out. Dots and capitals do not matter.
public struct CodeSet: Hashable, Sendable {
  private struct Part: Hashable {
    let low: String
    let high: String

    func holds(_ code: String) -> Bool {
      let start = String(code.prefix(low.count))
      return start.count == low.count && low <= start && start <= high
    }
  }

  /// The set as it was written.
  public let text: String
  private let taken: [Part]
  private let left: [Part]

  /// Reads a set.
  public init(_ text: String) throws(SampleError) {
    self.text = text
    var (taken, left): ([Part], [Part]) = ([], [])
    for piece in text.split(whereSeparator: { $0 == "," || $0 == ";" }) {
      let word = piece.filter { !$0.isWhitespace }
      let isOut = word.hasPrefix("!")
      let ends = word.drop { $0 == "!" }.split(separator: "-", omittingEmptySubsequences: false)
        .map { Self.plain(String($0)) }
      guard (1...2).contains(ends.count), ends.allSatisfy({ !$0.isEmpty }),
        ends.allSatisfy({ $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } })
      else { throw SampleError("\(piece) is no code and no range of codes") }
      let (low, high) = (ends[0], ends[ends.count - 1])
      guard low.count == high.count, low <= high else {
        throw SampleError("\(piece): a range goes from a code to a later one of the same length")
      }
      if isOut {
        left.append(Part(low: low, high: high))
      } else {
        taken.append(Part(low: low, high: high))
      }
    }
    guard !taken.isEmpty else { throw SampleError("a set of codes names at least one: \(text)") }
    self.taken = taken
    self.left = left
  }

  /// Whether a code belongs to it.
  public func contains(_ code: String) -> Bool {
    let code = Self.plain(code)
    return taken.contains { $0.holds(code) } && !left.contains { $0.holds(code) }
  }

  /// A code without its dots, spaces and small letters.
  public static func plain(_ code: String) -> String {
    code.uppercased().filter { $0 != "." && !$0.isWhitespace }
  }
}
