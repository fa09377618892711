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
    case .refused(let refused): self = .refused(refused)
    case .record(let record):
      switch options.preparation.compound(from: record.structure) {
      case .failure(let reason):
        self = .refused(RefusedRecord(line: record.line, id: record.id, reason: reason))
      case .success(let compound):
        self = .prepared(
          PreparedCompound(
            line: record.line, id: record.id, smiles: compound.smiles,
            words: compound.words(options.fingerprint),
            structureKey: ContentKey(of: compound.smiles), idKey: ContentKey(of: record.id)))
      }
    }
  }
}
