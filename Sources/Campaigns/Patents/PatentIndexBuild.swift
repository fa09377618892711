import CompoundLibrary
import Entities
public import Foundation
public import Parallelism
public import Patents
import Provenance
public import Records

/// Builds the index of a patent corpus: tables of strangers in, a folder out that is whole or absent.
///
/// `corpus.json` says what it was made of, `links` which structure stands where, `compounds.olib` is
/// an ordinary compound library of the distinct structures, `refused.csv` names every row that was
/// not taken. A build that is killed leaves nothing that opens, and the next one begins anew.
public struct PatentIndexBuild: Sendable {
  /// How far a build has come.
  public enum Stage: String, Sendable {
    /// Rows are read.
    case reading
    /// Structures are standardised.
    case standardising
    /// Links, documents and families are joined.
    case joining
    /// The compounds' library is built.
    case library = "building the library"
  }

  /// The corpus' name in sentences.
  public var name: String
  /// The day up to which the corpus goes; nil takes the latest publication.
  public var upTo: PatentDate?
  /// Names of columns where they are not the usual ones.
  public var columns = StructureColumns()
  /// What decides that two structures have the same connectivity.
  public var connectivity = ConnectivityRule.inchiKey
  /// Bytes that each of the sorts holds in memory.
  var sortBytes = 32 << 20

  static let libraryName = "compounds.olib"
  static let refusedName = "refused.csv"

  /// Prepares a build.
  public init(name: String, upTo: PatentDate? = nil) {
    self.name = name
    self.upTo = upTo
  }

  /// Builds the index in the place of an earlier one, or of nothing.
  ///
  /// - Parameters:
  ///   - sources: the tables in any order; what each is shows its header.
  ///   - shouldStop: asked now and then; when true the build ends and leaves nothing.
  ///   - progress: told of the stage and of the share of it that is done, where that is known.
  public func build(
    from sources: [RecordSource], to folder: URL, pool: WorkerPool,
    shouldStop: @escaping () -> Bool = { false },
    progress: @escaping (Stage, Double?) -> Void = { _, _ in }
  ) throws -> CorpusManifest {
    let staged = try AtomicFolder(
      at: folder, replacing: .ifItHolds(CorpusManifest.fileName))
    let work = staged.file(".work")
    try FileManager.default.createDirectory(at: work, withIntermediateDirectories: false)
    let refused = try RefusedRows(at: staged.file(Self.refusedName))
    let intake = CorpusIntake(in: work, capacity: sortBytes)
    let read = try CorpusReading(build: self, shouldStop: shouldStop, progress: progress)
      .read(sources, into: intake, refused)
    let assembly = LinkAssembly(intake)
    for (mark, count) in read.marks { assembly.mark(mark, count) }
    progress(.joining, nil)
    try assembly.resolveLocalNumbers()
    let options = Self.libraryOptions
    let refusedStructures = try standardise(
      assembly, StructureStandards(preparation: options.preparation, rule: connectivity),
      names: sources.map(\.fileName), refused, pool, shouldStop, progress)
    progress(.joining, nil)
    let table = work.appending(path: "compounds.csv")
    let links = staged.file(LinkFile.fileName)
    let written = try assembly.write(compounds: table, links: links)
    if shouldStop() { throw Interruption(of: "building the patent index") }
    let library = staged.file(Self.libraryName)
    let kept = try LibraryBuilder(at: library, options: options, pool: pool).build(
      from: [.file(table.path)], shouldStop: shouldStop,
      progress: { progress(.library, $0.share) })
    try refused.finish()
    let manifest = CorpusManifest(
      name: name, upTo: upTo ?? written.counts.latestPublication, connectivity: connectivity,
      counts: written.counts, refusedStructures: refusedStructures, searchable: kept.kept,
      marks: assembly.marks, inputs: read.inputs, links: written.digest,
      library: try Library(at: library, verifying: .nothing).digest)
    try FileManager.default.removeItem(at: work)
    let sealed = try manifest.write(into: staged.staging)
    try staged.commit()
    return sealed
  }

  /// Structures are distinct already, and each must keep the row that its links are found by.
  private static var libraryOptions: LibraryOptions {
    LibraryOptions(keepsDuplicateStructures: true)
  }

  private func standardise(
    _ assembly: LinkAssembly, _ standards: StructureStandards, names: [String],
    _ refused: RefusedRows, _ pool: WorkerPool, _ shouldStop: () -> Bool,
    _ progress: (Stage, Double?) -> Void
  ) throws -> [String: Int] {
    var counts: [String: Int] = [:]
    func refuse(_ raw: RawCompound, _ reason: Refusal) throws {
      counts[reason.code, default: 0] += 1
      try refused.add(
        RefusedRecord(line: raw.line, id: raw.id ?? "", reason: reason),
        input: names.indices.contains(raw.input) ? names[raw.input] : "")
    }
    try withoutActuallyEscaping(refuse) { refuse in
      let next = try assembly.linkedCompounds { compound, first in
        try refuse(compound, .duplicateIdentifier(firstLine: first.line))
      }
      try pool.stream(
        next: { () throws -> [RawCompound]? in
          var chunk: [RawCompound] = []
          while chunk.count < 128, let compound = try next() { chunk.append(compound) }
          return chunk.isEmpty ? nil : chunk
        },
        transform: { chunk in
          chunk.map { raw -> (RawCompound, Result<StructureStandards.Standard, Refusal>) in
            do throws(Refusal) {
              return (raw, .success(try standards.standard(.smiles(raw.smiles))))
            } catch { return (raw, .failure(error)) }
          }
        },
        consume: { outcomes in
          for (raw, outcome) in outcomes {
            switch outcome {
            case .failure(let reason): try refuse(raw, reason)
            case .success(let standard):
              try assembly.take(
                StandardCompound(
                  smiles: standard.smiles, id: raw.id,
                  ownName: standard.inchiKey ?? standard.smiles, keys: standard.keys), from: raw)
            }
          }
          if shouldStop() { throw Interruption(of: "building the patent index") }
          progress(.standardising, nil)
        })
    }
    return counts
  }
}
