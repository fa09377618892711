public import Entities
import Records

/// A disease as the tables tell it: who has it, who is treated, when it is under control.
public struct DiseaseDefinition: Hashable, Sendable {
  /// When a measurement says that the disease is under control.
  public struct Control: Hashable, Sendable {
    /// The column.
    public let column: String
    /// The limit, in the column's unit.
    public let limit: Double
    /// Whether it is under control below the limit; above it otherwise.
    ///
    /// The limit itself is not under control.
    public let isBelow: Bool

    /// Reads `BP_HIGH<140` or `HDL_CHOLE>40`.
    public init(_ text: String) throws(SampleError) {
      guard let place = text.firstIndex(where: { $0 == "<" || $0 == ">" }),
        let limit = Double(text[text.index(after: place)...].filter { !$0.isWhitespace }),
        limit.isFinite
      else {
        throw SampleError("control is written COLUMN<NUMBER or COLUMN>NUMBER, not \(text)")
      }
      column = String(text[..<place].filter { !$0.isWhitespace })
      guard !column.isEmpty else { throw SampleError("control names no column: \(text)") }
      self.limit = limit
      isBelow = text[place] == "<"
    }

    /// Whether a value is under control.
    public func holds(_ value: Double) -> Bool { isBelow ? value < limit : value > limit }
  }

  /// The disease.
  public let disease: EvidenceDisease
  /// The codes of its diagnoses.
  public let codes: CodeSet
  /// The codes of what treats it; nil where treatment is not asked about.
  public let drugs: CodeSet?
  /// When it is under control; nil where that is not asked about.
  public let control: Control?

  /// Describes a disease.
  public init(
    _ disease: EvidenceDisease, codes: CodeSet, drugs: CodeSet? = nil, control: Control? = nil
  ) throws(SampleError) {
    guard drugs != nil || control != nil else {
      throw SampleError(
        "\(disease.name) names neither drugs nor a measurement: nothing says whose need is met")
    }
    self.disease = disease
    self.codes = codes
    self.drugs = drugs
    self.control = control
  }

  /// Reads a table of the columns `id`, `name`, `codes`, `drugs` and `control`; the last two may be
  /// empty.
  public static func read(path: String) throws(SampleError) -> [DiseaseDefinition] {
    let table = try SampleTable(
      .file(path),
      columns: [
        "id": .text, "name": .text, "codes": .text, "drugs": .optionalText,
        "control": .optionalText,
      ])
    // A disease that cannot be read is not left out: its absence would look like no need.
    guard table.refused.total == 0 else {
      let first = table.refused.examples[0]
      throw SampleError("\(path): line \(first.line) \(first.reason)")
    }
    var found: [DiseaseDefinition] = []
    for row in 0..<table.rows {
      let (drugs, control) = (table.text("drugs")[row], table.text("control")[row])
      found.append(
        try DiseaseDefinition(
          EvidenceDisease(id: table.text("id")[row], name: table.text("name")[row]),
          codes: CodeSet(table.text("codes")[row]),
          drugs: drugs.isEmpty ? nil : CodeSet(drugs),
          control: control.isEmpty ? nil : Control(control)))
    }
    guard Set(found.map(\.disease.id)).count == found.count else {
      throw SampleError("\(path) names a disease twice")
    }
    return found
  }
}
