import ArgumentParser
import Foundation
import Provenance

struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Real public data, by digest-checked manifests.",
    subcommands: [List.self, Get.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The data sets that can be had.")
    @OptionGroup var common: CommonOptions

    func run() throws {
      for manifest in try Manifests.catalog().manifests() {
        let rows = manifest.files.compactMap(\.rows).reduce(0, +)
        print("\(manifest.name)\t\(rows) rows\t\(manifest.license.name)\t\(manifest.title)")
      }
    }
  }

  struct Get: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Fetch data sets, check every digest.",
      discussion: "What is there and right is not fetched again; nothing half-written stays.")
    @Argument(help: "Names of data sets, as in `osong data list`.")
    var names: [String]
    @Option(name: .customLong("from"), help: "Copy from this folder instead of the network.")
    var source: String?
    @Option(help: "The folder that holds one folder for each data set.")
    var into = "data"
    @OptionGroup var common: CommonOptions

    func run() throws {
      let catalog = Manifests.catalog()
      let fetcher = DatasetFetcher(
        into: URL(filePath: into), environment: ProcessInfo.processInfo.environment)
      let terminal = common.terminal
      for name in names {
        let manifest = try catalog.manifest(named: name)
        let folder = try fetcher.fetch(manifest, from: source.map { URL(filePath: $0) }) { step in
          switch step {
          case .alreadyPresent(let name): terminal.say("\(name): already there, digests right")
          case .waiting(let name): terminal.say("\(name): waiting for another run")
          case .replacing(let file): terminal.say("\(file): not the right one, fetching again")
          case .downloading(let what): terminal.say("\(name): downloading \(what)")
          case .resuming(let what, let attempt):
            terminal.say("\(name): going on with \(what), attempt \(attempt)")
          case .installed(let file, let number, let count):
            terminal.show("\(name) \(file)", share: Double(number) / Double(count))
          }
        }
        terminal.clear()
        try common.summarise(
          ["\(name): \(manifest.files.count) files in \(folder.relativePath)"],
          json: ["name": name, "folder": folder.relativePath])
      }
    }
  }
}

/// Where the manifests lie: OSONG_DATASETS, the working folder, or beside the program.
enum Manifests {
  static func catalog() -> ManifestCatalog {
    let environment = ProcessInfo.processInfo.environment
    if let path = environment["OSONG_DATASETS"] { return ManifestCatalog(at: URL(filePath: path)) }
    let files = FileManager.default
    var folders = [URL(filePath: files.currentDirectoryPath)]
    if let program = Bundle.main.executableURL?.resolvingSymlinksInPath() {
      var folder = program.deletingLastPathComponent()
      while folder.path != "/" {
        folders.append(folder)
        folder = folder.deletingLastPathComponent()
      }
    }
    let places = folders.map { $0.appending(path: "Datasets") }
    let found = places.first {
      files.fileExists(atPath: $0.appending(path: "moleculeace.json").path)
    }
    return ManifestCatalog(at: found ?? places[0])
  }
}
