import Entities
import Featurization
import Molecules
import Provenance
import Records

/// A compound ready to be stored: standardised, named, fingerprinted.
struct PreparedCompound: Sendable {
  let line: Int
  let id: String
  let smiles: String
  let words: [UInt64]
  /// The pattern fingerprint; none where the library does not screen for substructures.
  let pattern: [UInt64]
  let structureKey: ContentKey
  let idKey: ContentKey
}

/// One record's way into the library, or its refusal.
enum Preparation: Sendable {
  case prepared(PreparedCompound)
  case refused(RefusedRecord)

  init(_ record: ReadRecord, _ options: LibraryOptions, _ naming: RecordNaming) {
    switch record {
    case .refused(let refused, _): self = .refused(refused)
    case .record(let record):
      do throws(Refusal) {
        self = .prepared(try Preparation.prepare(record, options, naming))
      } catch {
        self = .refused(RefusedRecord(line: record.line, id: record.id, reason: error))
      }
    }
  }

  private static func prepare(
    _ record: CompoundRecord, _ options: LibraryOptions, _ naming: RecordNaming
  ) throws(Refusal) -> PreparedCompound {
    let compound = try options.preparation.compound(from: record.structure)
    let words: [UInt64]
    let pattern: [UInt64]
    do throws(MoleculeError) {
      words = try compound.structure.fingerprintWords(options.fingerprint)
      pattern =
        try options.patternBits.map { (bits) throws(MoleculeError) in
          try compound.structure.patternFingerprintWords(bits: bits)
        } ?? []
    } catch { throw error.refusal }
    let id = naming.id(of: record)
    return PreparedCompound(
      line: record.line, id: id, smiles: compound.smiles, words: words, pattern: pattern,
      structureKey: ContentKey(of: compound.smiles), idKey: ContentKey(of: id))
  }
}

/// How records without an identifier are named: by their file and row, because row numbers alone
/// would meet those of other files.
struct RecordNaming: Sendable {
  let stem: String
  let idColumn: Int?

  func id(of record: CompoundRecord) -> String {
    // A reader's own name, unless the file happens to use the very same one.
    let isUnnamed =
      record.id == "row-\(record.row)"
      && idColumn.map { record.fields[$0].allSatisfy(\.isWhitespace) } ?? true
    return isUnnamed ? "\(stem)-\(record.row)" : record.id
  }
}
