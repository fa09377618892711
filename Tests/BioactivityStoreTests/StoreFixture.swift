import BioactivityStore
import Foundation
import Parallelism
import Provenance
import Records
import TestSupport

/// A store in a folder of its own.
final class StoreFixture {
  let folder: ScratchFolder
  let store: BioactivityStore
  let pool = WorkerPool(threads: 2)

  init() throws {
    folder = try ScratchFolder()
    store = try BioactivityStore(at: folder.url.appending(path: "a.store"))
  }

  static let header =
    "inchikey,smiles,target_name,uniprot,ki_nM,ic50_nM,kd_nM,ec50_nM,source,doi,patent\n"

  /// A row of `bindingdb.csv`.
  static func row(
    _ smiles: String, _ uniprot: String = "P04035", ki: String = "", ic50: String = "",
    kd: String = "", ec50: String = "", doi: String = "", patent: String = ""
  ) -> String {
    "KEY,\(smiles),a target,\(uniprot),\(ki),\(ic50),\(kd),\(ec50),US Patent,\(doi),\(patent)\n"
  }

  @discardableResult
  func add(
    _ rows: [String], batch: Int = 2_000, stopAfter batches: Int = .max
  ) throws -> ImportReport? {
    var begun = 0
    return try store.importActivities(
      from: .bytes(Array((Self.header + rows.joined()).utf8)), format: .bindingDB, pool: pool,
      batch: batch,
      shouldStop: {
        begun += 1
        return begun > batches
      })
  }

  func table(
    _ text: String, _ format: ActivityFormat, name: String = "t.csv"
  ) throws -> ImportReport? {
    try store.importActivities(
      from: .file(try folder.write(text, to: name)), format: format, pool: pool)
  }

  func genes() throws {
    let text = """
      symbol,hgnc_id,name,uniprot,ensembl,previous,alias
      HMGCR,HGNC:5006,HMG-CoA reductase,P04035,ENSG1,,
      F11,HGNC:3529,coagulation factor XI,P03951,ENSG2,FXI|OLD,
      OLD,HGNC:1,took the name over,Q06124,ENSG3,,SHARED
      CALM,HGNC:2,calmodulin,P0DP23|P0DP24,ENSG4,,shared

      """
    try store.importGenes(from: .file(try folder.write(text, to: "hgnc.csv")))
  }
}

extension ImportReport {
  var refusedRows: Int { refused.values.reduce(0, +) }
}
