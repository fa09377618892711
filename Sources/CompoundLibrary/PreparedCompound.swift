import Entities
import Featurization
import Molecules
import Provenance

/// A compound ready to be stored: standardised, named, fingerprinted.
struct PreparedCompound: Sendable {
  let line: Int
  let id: String
  let smiles: String
  let words: [UInt64]
  let structureKey: ContentKey
  let idKey: ContentKey
}

/// One record's way into the library, or its refusal.
enum Preparation: Sendable {
  case prepared(PreparedCompound)
  case refused(RefusedRecord)

  init(_ record: ReadRecord, _ options: LibraryOptions) {
    switch record {
    case .refused(let refused, _): self = .refused(refused)
    case .record(let record):
      do throws(Refusal) {
        self = .prepared(try Preparation.prepare(record, options))
      } catch {
        self = .refused(RefusedRecord(line: record.line, id: record.id, reason: error))
      }
    }
  }

  private static func prepare(
    _ record: CompoundRecord, _ options: LibraryOptions
  ) throws(Refusal) -> PreparedCompound {
    let compound = try options.preparation.compound(from: record.structure)
    let words: [UInt64]
    do throws(MoleculeError) {
      words = try compound.structure.fingerprintWords(options.fingerprint)
    } catch { throw error.refusal }
    return PreparedCompound(
      line: record.line, id: record.id, smiles: compound.smiles, words: words,
      structureKey: ContentKey(of: compound.smiles), idKey: ContentKey(of: record.id))
  }
}
