import Featurization
import Fingerprints
import Foundation
import Molecules
import Parallelism
import Records

@testable import CompoundLibrary

/// Options with segments so small that a few hundred compounds fill several.
func smallSegments(
  _ rows: Int = 100, limit: Int? = nil, keepsDuplicateStructures: Bool = false
) -> LibraryOptions {
  LibraryOptions(
    keepsDuplicateStructures: keepsDuplicateStructures, recordLimit: limit, segmentRows: rows)
}

/// Builds a library and opens it.
@discardableResult
func build(
  _ sources: [RecordSource], at folder: URL, _ options: LibraryOptions = smallSegments(),
  threads: Int = 2, columns: ColumnSelection = .automatic
) throws -> (library: Library, counts: LibraryCounts) {
  let counts = try LibraryBuilder(
    at: folder, options: options, columns: columns, pool: WorkerPool(threads: threads)
  ).build(from: sources)
  return (try Library(at: folder), counts)
}

/// Builds a library of text that is no file.
@discardableResult
func build(
  text: String, at folder: URL, _ options: LibraryOptions = smallSegments()
) throws -> (library: Library, counts: LibraryCounts) {
  try build([.bytes(Array(text.utf8))], at: folder, options)
}

extension Library {
  /// The identifiers of the compounds that count, in order.
  var ids: [String] { (0..<rows).filter { !isDeleted($0) }.map { id($0) } }

  /// The lines of the table of refused records, without the header.
  var refusedLines: [String] {
    get throws {
      let text = try String(contentsOf: folder.appending(path: "refused.csv"), encoding: .utf8)
      return text.split(separator: "\n").dropFirst().map(String.init)
    }
  }
}

extension Library {
  /// The structures that count, by identifier.
  var structuresByID: [String: String] {
    let rows = (0..<self.rows).filter { !isDeleted($0) }
    return Dictionary(rows.map { (id($0), smiles($0)) }) { first, _ in first + " twice" }
  }

  /// A structure's fingerprint as the library would store it.
  func fingerprint(_ smiles: String) throws -> Fingerprint {
    let compound = try options.preparation.compound(from: .smiles(smiles))
    let words = try compound.structure.fingerprintWords(options.fingerprint)
    return Fingerprint(bitCount: columns.bitCount, words: words)
  }
}
