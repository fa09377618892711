import Campaigns
import Foundation
import Provenance
import Reporting

extension Dashboard {
  /// The files of a result that may be read, and their types.
  private static let types = [
    "html": "text/html; charset=utf-8", "csv": "text/csv; charset=utf-8",
    "json": "application/json", "sdf": "chemical/x-mdl-sdfile",
  ]
  private static let nightFiles = [
    "delta.html", "report.html", "hits.csv", "hits.sdf", "refused.csv", "delta.csv", "delta.json",
    "measured.csv", "run.json",
  ]
  private static let resultFiles = [
    "report.html", "hits.csv", "hits.sdf", "refused.csv", "run.json", "targets.csv",
    "comparison.json",
  ]

  /// More links would make a page that nobody reads.
  static let mostLinks = 200

  var nightLinks: [ViewLink] {
    sources.nights.keys.sorted().prefix(Self.mostLinks).map { name in
      let count = NightStore(at: sources.nights[name] ?? URL(filePath: "/")).numbers.count
      return ViewLink(
        name, to: "/nights/\(name.inAddress)", note: "\(count) \(count == 1 ? "night" : "nights")")
    }
  }

  var resultLinks: [ViewLink] {
    sources.results.keys.sorted().prefix(Self.mostLinks).map {
      ViewLink($0, to: "/results/\($0.inAddress)/report.html")
    }
  }

  var modelLinks: [ViewLink] {
    sources.models.keys.sorted().prefix(Self.mostLinks).map {
      ViewLink($0, to: "/models/\($0.inAddress)")
    }
  }

  func nightsPage(_ name: String, _ query: [String: String]) throws -> Answer {
    let store = try nightStore(name)
    let before = query["before"].flatMap { Int($0) } ?? .max
    let numbers = store.numbers.filter { $0 < before }
    let shown = numbers.suffix(Self.pageSize).reversed()
    let nights = try shown.map { number -> NightsView.Night in
      let record = try store.record(number)
      return NightsView.Night(
        number: number, day: record.day,
        newRows: record.screens.reduce(0) { $0 + $1.newRows },
        knownRows: record.screens.reduce(0) { $0 + $1.knownRows },
        lists: record.screens.map { screen in
          let folder = "/nights/\(name.inAddress)/\(number)/\(screen.name.inAddress)/"
          return (
            screen.name,
            [
              ViewLink("what moved", to: folder + "delta.html"),
              ViewLink("report", to: folder + "report.html"),
              ViewLink("hits.csv", to: folder + "hits.csv"),
            ]
          )
        })
    }
    let older = numbers.count > shown.count ? shown.last : nil
    return .page(
      NightsView(
        name: name, nights: nights,
        older: older.map { "/nights/\(name.inAddress)?before=\($0)" }
      ).html())
  }

  func nightFile(_ name: String, _ night: Int, _ list: String, _ file: String) throws -> Answer {
    let store = try nightStore(name)
    guard store.numbers.contains(night) else { throw Self.noPage }
    // A list is named by the night's record, never by who asks.
    guard let screen = try store.record(night).screens.first(where: { $0.name == list }) else {
      throw Self.noPage
    }
    return try Self.file(file, in: store.night(night).appending(path: screen.name), Self.nightFiles)
  }

  func resultFile(_ name: String, _ file: String) throws -> Answer {
    guard let folder = sources.results[name] else { throw Self.noPage }
    return try Self.file(file, in: folder, Self.resultFiles)
  }

  func modelCard(_ name: String) throws -> Answer {
    guard let folder = sources.models[name],
      let text = try? String(
        contentsOf: folder.appending(path: ModelCard.textFileName), encoding: .utf8)
    else { throw Self.noPage }
    return Answer(type: "text/plain; charset=utf-8", .text(text))
  }

  private func nightStore(_ name: String) throws -> NightStore {
    guard let folder = sources.nights[name] else { throw Self.noPage }
    return NightStore(at: folder)
  }

  private static func file(_ name: String, in folder: URL, _ known: [String]) throws -> Answer {
    guard let place = known.firstIndex(of: name) else { throw noPage }
    let url = folder.appending(path: known[place])
    guard FileManager.default.fileExists(atPath: url.path),
      let type = types[url.pathExtension]
    else { throw noPage }
    return Answer(type: type, .file(url))
  }

  private static let noPage = Fault(status: 404, message: "there is no such page")
}
