import Entities
public import Records

/// When two names of a drug, or of an event, are the same name.
public struct NameRule: Hashable, Sendable {
  /// How a name is written before it is compared.
  public enum Style: String, CaseIterable, Sendable {
    /// Capital letters, single spaces, no full stop at the end.
    case normalised
    /// As it stands in the file.
    case asWritten = "as-written"
  }

  /// How names are written.
  public var style: Style
  /// Other names by name, both as the style writes them: salts, trade names, spellings.
  public private(set) var mapping: [String: String] = [:]

  /// A rule that maps no name to another.
  public init(style: Style = .normalised) { self.style = style }

  /// A rule with a table of two columns, `name` and `standard`.
  public init(style: Style = .normalised, mapping source: RecordSource) throws {
    self.style = style
    let table = try TableReader(source)
    guard let name = table.header.firstIndex(of: "name"),
      let standard = table.header.firstIndex(of: "standard")
    else {
      throw HospitalError("\(source.name): a table of names has the columns name and standard")
    }
    while let row = try table.next() {
      guard case .row(let row) = row else {
        guard case .refused(let record, _) = row else { continue }
        throw HospitalError("\(source.name), line \(record.line): it \(record.reason)")
      }
      let (from, to) = (written(row.fields[name]), written(row.fields[standard]))
      guard !from.isEmpty, !to.isEmpty, mapping[from, default: to] == to else {
        throw HospitalError(
          "\(source.name), line \(row.line): a name is empty, or stands for two others")
      }
      mapping[from] = to
    }
  }

  /// The name under which one is counted; empty where nothing is left of it.
  public func standard(_ name: String) -> String {
    let text = written(name)
    return mapping[text] ?? text
  }

  private func written(_ name: String) -> String {
    guard style == .normalised else { return name }
    var words = name.split { $0.isWhitespace }.joined(separator: " ").uppercased()
    // FAERS writes many names of products as a sentence: PREDNISONE.
    while words.last == "." || words.last == " " { words.removeLast() }
    return words
  }
}

/// Names by numbers from 0, in the order in which they were met.
struct NameTable {
  private(set) var names: [String] = []
  private let rule: NameRule
  private var numbers: [String: UInt32] = [:]
  /// Each spelling is standardised once.
  private var spellings: [String: UInt32?] = [:]

  init(_ rule: NameRule) { self.rule = rule }

  /// The number of a name; nil for an empty one.
  mutating func number(of spelling: String) -> UInt32? {
    if let known = spellings[spelling] { return known }
    let name = rule.standard(spelling)
    var number: UInt32?
    if !name.isEmpty {
      number = numbers[name]
      if number == nil {
        number = UInt32(names.count)
        numbers[name] = number
        names.append(name)
      }
    }
    spellings[spelling] = .some(number)
    return number
  }
}
