import ArgumentParser
import Campaigns
import CompoundLibrary
import Featurization
import Foundation
import Molecules
import Provenance
import Records
import Screening

extension LibraryCommand {
  struct Info: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "What a library holds.")
    @Argument(help: "The library.") var library: String
    @Flag(help: "Read everything and check every digest.") var verify = false
    @OptionGroup var common: CommonOptions

    func run() throws {
      let opened = try Library(at: URL(filePath: library))
      if verify { try opened.verify() }
      let sizes = opened.sizes
      try common.summarise(
        [
          "compounds    \(opened.count.grouped)",
          "removed      \(opened.deletedCount.grouped), still on disk",
          "segments     \(opened.segments.count)",
          "fingerprint  \(opened.options.fingerprint)",
          "bytes        \(sizes.total.grouped) on disk; a compound: "
            + "\(perCompound(sizes.searched, sizes)) to search, \(perCompound(sizes.total, sizes)) in all",
          "built from   \(opened.inputs.map(\.name).joined(separator: ", "))",
          "digest       \(opened.digest.hex)",
        ] + (verify ? ["every file has the digest noted at its writing"] : []),
        json: [
          "compounds": "\(opened.count)", "removed": "\(opened.deletedCount)",
          "segments": "\(opened.segments.count)", "bytes": "\(sizes.total)",
          "searched_bytes": "\(sizes.searched)", "digest": opened.digest.hex,
        ])
    }

    private func perCompound(_ bytes: Int, _ sizes: LibrarySizes) -> String {
      sizes.perCompound(bytes)?.fixed(1) ?? "–"
    }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write a library as a table, or its fingerprints as FPS or FPB.",
      discussion: "The ending of the file decides: .csv or .tsv for a table, .fps or .fpb for "
        + "fingerprints as text or in binary form (held in memory while it is written)."
    )
    @Argument(help: "The library.") var library: String
    @Option(name: .shortAndLong, help: "The file to write, or - for a table on standard output.")
    var output = "-"
    @OptionGroup var common: CommonOptions

    func run() throws {
      let opened = try Library(at: URL(filePath: library))
      let destination = OutputDestination(argument: output)
      if output.lowercased().hasSuffix(".fps") {
        return try LibraryExport(opened).writeFPS(to: destination)
      }
      if output.lowercased().hasSuffix(".fpb") {
        return try LibraryExport(opened).writeFPB(to: output)
      }
      let format: RecordFormat = RecordFormat(path: output) == .tsv ? .tsv : .csv
      let writer = try DelimitedWriter(to: destination, format: format, header: ["smiles", "id"])
      for row in 0..<opened.rows where !opened.isDeleted(row) {
        try writer.write([opened.smiles(row), opened.id(row)])
      }
      try writer.finish()
    }
  }
}
