public import Entities
public import Featurization
public import Records

/// Proteins' chains by their names, read from FASTA or a table.
public struct ProteinTable: Sendable {
  /// The identifiers, in the order of the file.
  public let ids: [String]
  /// The chains.
  public let sequences: [ProteinSequence]
  /// The entries that could not be used.
  public let refused: [RefusedRecord]
  private let places: [String: Int]

  /// The most chains that are kept: all of man's with their variants.
  public static let most = 200_000

  /// Why there is nothing to use.
  public enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
    /// No entry could be used; the first reason.
    case nothing(source: String, reason: String)
    /// There are more than are kept.
    case tooMany(source: String)

    /// One line for a reader.
    public var description: String {
      switch self {
      case .nothing(let source, let reason):
        "\(source): no sequence could be used: the first \(reason)"
      case .tooMany(let source):
        "\(source): more than \(ProteinTable.most) sequences: give those of your proteins alone"
      }
    }
  }

  /// Reads all entries; a second one of the same identifier is refused.
  ///
  /// - Parameter idColumn: the column of identifiers in a table, where it has no usual name.
  public init(_ source: RecordSource, idColumn: String? = nil) throws {
    let reader = try SequenceReader(source, idColumn: idColumn)
    var ids: [String] = []
    var sequences: [ProteinSequence] = []
    var refused: [RefusedRecord] = []
    var lines: [String: Int] = [:]
    var places: [String: Int] = [:]
    while let entry = try reader.next() {
      switch entry {
      case .refused(let record): refused.append(record)
      case .record(let record):
        if let first = lines[record.id] {
          refused.append(
            RefusedRecord(
              line: record.line, id: record.id, reason: .duplicateIdentifier(firstLine: first)))
          continue
        }
        do {
          sequences.append(try ProteinSequence(record.letters))
        } catch {
          refused.append(
            RefusedRecord(line: record.line, id: record.id, reason: .unreadable("\(error)")))
          continue
        }
        guard ids.count < Self.most else { throw Fault.tooMany(source: source.name) }
        lines[record.id] = record.line
        // An identifier goes before what another entry is called besides.
        places[record.id] = ids.count
        for name in record.names.dropFirst() where places[name] == nil { places[name] = ids.count }
        ids.append(record.id)
      }
    }
    guard !ids.isEmpty else {
      throw Fault.nothing(
        source: source.name, reason: refused.first?.reason.description ?? "is missing")
    }
    self.ids = ids
    self.sequences = sequences
    self.refused = refused
    self.places = places
  }

  /// The place of a protein by its identifier or another name of it.
  public func place(of name: String) -> Int? { places[name] }
}
