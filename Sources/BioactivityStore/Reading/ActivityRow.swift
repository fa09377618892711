/// A row of a source with at least one readable value, before its structure is looked at.
struct ActivityRow: Sendable {
  let smiles: String
  let accession: String
  let targetName: String
  let values: [ReportedActivity]
  /// Values of the row that are no measurement, by their endpoint.
  var faults: [ActivityEndpoint: ActivityRefusal] = [:]
  var direction: AssayDirection?
  var assay: String?
  var reference: String?
}

/// Reads rows of one layout.
protocol ActivityRowReader {
  /// The row, or why it is no measurement.
  mutating func read(_ fields: [String]) throws(ActivityRefusal) -> ActivityRow
}

/// The columns of a header by name.
struct HeaderIndex: Sendable {
  private let places: [String: Int]
  private let header: [String]
  private let source: String

  init(_ header: [String], source: String) {
    self.header = header
    self.source = source
    places = Dictionary(
      header.enumerated().map { (Self.normal($0.element), $0.offset) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Names differ neither by case nor by `_` in the place of a blank.
  private static func normal(_ name: String) -> String {
    String(name.lowercased().map { $0 == "_" ? " " : $0 }.drop { $0 == "\u{FEFF}" || $0 == " " })
  }

  func place(ofAny names: String...) -> Int? {
    names.lazy.compactMap { places[Self.normal($0)] }.first
  }

  func place(of name: String) throws(BioactivityError) -> Int {
    guard let place = places[Self.normal(name)] else {
      throw .noColumn(name, source: source, found: header)
    }
    return place
  }
}

/// From what a table writes to the accession of one protein.
struct TargetReading: Sendable {
  /// Accessions by symbol, in upper case.
  var symbols: [String: [String]] = [:]

  func accession(_ text: String) throws(ActivityRefusal) -> String {
    let parts = Accession.parts(text)
    guard let part = parts.first else { throw ActivityRefusal(.noTarget) }
    let accessions = Set(parts.compactMap(Accession.reading))
    if accessions.count > 1 { throw ActivityRefusal(.severalTargets, text) }
    if let only = accessions.first { return only }
    let known = symbols[part.uppercased()] ?? []
    guard parts.count == 1, let first = known.first else { throw ActivityRefusal(.noTarget, text) }
    guard known.count == 1 else {
      throw ActivityRefusal(.severalTargets, "\(text): \(known.joined(separator: ", "))")
    }
    return first
  }
}
