public import Featurization

/// Measured affinities of compounds to proteins, pair by pair.
public struct AffinityTable: Sendable {
  /// A measured pair.
  public struct Entry: Hashable, Sendable {
    /// The compound's row.
    public let compound: Int
    /// The protein's row.
    public let protein: Int
    /// The affinity, in the table's unit; more is stronger.
    public let value: Double

    /// Describes a pair.
    public init(compound: Int, protein: Int, value: Double) {
      self.compound = compound
      self.protein = protein
      self.value = value
    }
  }

  /// The compounds, standardised.
  public let compounds: CompoundTable
  /// The proteins.
  public let proteins: [ProteinSequence]
  /// The pairs.
  public let entries: [Entry]

  /// Describes a table.
  ///
  /// - Precondition: every pair names a compound and a protein of the table.
  public init(compounds: CompoundTable, proteins: [ProteinSequence], entries: [Entry]) {
    precondition(
      entries.allSatisfy {
        (0..<compounds.count).contains($0.compound) && proteins.indices.contains($0.protein)
      }, "a pair of something unknown")
    self.compounds = compounds
    self.proteins = proteins
    self.entries = entries
  }

  /// Some of the pairs.
  public func selecting(_ chosen: some Collection<Int>) -> AffinityTable {
    AffinityTable(compounds: compounds, proteins: proteins, entries: chosen.map { entries[$0] })
  }

  /// The same pairs without the compounds and proteins that are in none, and which rows are left.
  public func withoutUnused() -> (table: AffinityTable, compounds: [Int], proteins: [Int]) {
    let used = (
      compounds: Set(entries.map(\.compound)).sorted(),
      proteins: Set(entries.map(\.protein)).sorted()
    )
    func places(_ rows: [Int]) -> [Int: Int] {
      Dictionary(uniqueKeysWithValues: rows.enumerated().map { ($0.element, $0.offset) })
    }
    let (compound, protein) = (places(used.compounds), places(used.proteins))
    let table = AffinityTable(
      compounds: compounds.selecting(used.compounds), proteins: used.proteins.map { proteins[$0] },
      entries: entries.map {
        Entry(
          compound: compound[$0.compound] ?? 0, protein: protein[$0.protein] ?? 0, value: $0.value)
      })
    return (table, used.compounds, used.proteins)
  }

  /// Which part of the pairs a split hides.
  public enum Cold: String, Codable, CaseIterable, Sendable {
    /// Pairs, whatever they are of.
    case none
    /// All pairs of some compounds.
    case compound
    /// All pairs of some proteins.
    case protein
    /// Pairs of which neither is known: those of a hidden compound and a hidden protein are tested,
    /// those of one of them are left out.
    case both
  }
}
