import Campaigns
import CompoundLibrary
import Entities
import Foundation
import Molecules
import Parallelism
import Patents
import PropertyModels
import Provenance
import Records
import Reporting
import Screening
import TargetEvidence

/// The folder of a screen that begins with a disease.
struct DiseaseScreenResult {
  let plan: DiseaseScreen.Plan
  let libraryName: String
  let library: Library
  let options: DiseaseOptions
  let outcome: DiseaseScreen.Outcome
  let pool: WorkerPool

  func write(into staging: URL) throws {
    let files = FileManager.default
    var outputs: [String] = []
    for screen in outcome.screens {
      let name = "targets/\(screen.target.target.symbol)"
      let folder = staging.appending(path: name)
      try files.createDirectory(at: folder, withIntermediateDirectories: true)
      try ScreenResult(
        target: screen.target.target.symbol, libraryName: libraryName, library: library,
        modelName: screen.modelName, folder: screen.model, task: screen.task, plan: plan.rules,
        outcome: screen.outcome, pool: pool
      ).write(into: folder)
      outputs += ["hits.csv", "report.html", "run.json"].map { "\(name)/\($0)" }
    }
    let report = report
    let pages = staging.appending(path: "candidates")
    try files.createDirectory(at: pages, withIntermediateDirectories: true)
    for entry in report.entries {
      try AtomicFile.write(report.dossier(of: entry), to: pages.appending(path: entry.page))
    }
    try table("targets.csv", TargetReport.columns, targetReport.rows, in: staging)
    try table("shortlist.csv", DiseaseReport.columns, report.rows, in: staging)
    try structures(to: staging.appending(path: "shortlist.sdf"))
    try AtomicFile.write(report.html(), to: staging.appending(path: "index.html"))
    outputs += ["targets.csv", "shortlist.csv", "shortlist.sdf", "index.html"]
    outputs += report.entries.map { "candidates/\($0.page)" }
    try RunRecord(
      verb: "screen", options: recorded, seed: options.seed,
      inputs: try [Artifact(name: libraryName, digest: library.digest)] + evidence + related(),
      models: outcome.screens.map { Artifact(name: $0.modelName, digest: $0.model.digest) },
      outputs: try outputs.map {
        // The place in the folder, not the file's own name alone: each target has the same files.
        var artifact = try Artifact(fileAt: staging.appending(path: $0))
        artifact.name = $0
        return artifact
      },
      counts: [
        "screened": library.count, "targets": outcome.ranking.targets.count,
        "screened for": outcome.screens.count, "shortlist": outcome.shortlist.entries.count,
      ]
    ).write(into: staging)
  }

  private var evidence: [Artifact] {
    outcome.ranking.inputs.compactMap { name, digest in
      Digest(hex: digest).map { Artifact(name: name, digest: $0) }
    }
  }

  /// The towers and the chains, where they were named.
  private func related() throws -> [Artifact] {
    guard let related = plan.related else { return [] }
    return [
      Artifact(
        name: related.towers.lastPathComponent,
        digest: try ValidatedAffinity.manifestDigest(of: related.towers)),
      try Artifact(fileAt: related.sequences),
    ]
  }

  private var recorded: [String: String] {
    var recorded = [
      "disease": outcome.ranking.disease.id, "targets": "\(plan.mostTargets)",
      "active from": plan.activeFrom.fixed(2), "top": "\(plan.count)",
      "diversity": plan.diversity.fixed(3),
      "plan": (try? String(decoding: StableJSON.encode(plan.rules), as: UTF8.self)) ?? "",
    ]
    if let modulation = options.modulation { recorded["modulation"] = modulation.rawValue }
    for screen in outcome.screens {
      if let related = screen.related {
        recorded["model of \(screen.target.target.symbol)"] = related
      }
    }
    if let budget = plan.budget {
      recorded["budget"] = budget.fixed(2)
      recorded["price"] = plan.price.fixed(2)
    }
    return recorded
  }

  private func table(_ name: String, _ header: [String], _ rows: [[String]], in folder: URL) throws
  {
    let table = try DelimitedWriter(to: .file(folder.appending(path: name).path), header: header)
    for row in rows { try table.write(row) }
    try table.finish()
  }

  private func structures(to url: URL) throws {
    let hits = outcome.shortlist.entries.compactMap { $0.roles.first }
    guard let first = hits.first else {
      try AtomicFile.write("", to: url)
      return
    }
    let endpoint = outcome.screens[first.screen].model.model.tasks[
      outcome.screens[first.screen].task]
    try HitStructures.write(hits.map(\.hit), endpoint: endpoint.name, to: .file(url.path)) { hit in
      let block = try Structure(parsing: hit.smiles).molBlock(named: hit.id)
      return block.components(separatedBy: "M  END")[0] + "M  END\n"
    }
  }

  private var targetReport: TargetReport {
    TargetReport(
      disease: outcome.ranking.disease, wanted: options.modulation,
      targets: outcome.ranking.targets, provenance: [])
  }

  private var report: DiseaseReport {
    let list = outcome.shortlist
    return DiseaseReport(
      disease: outcome.ranking.disease, wanted: options.modulation, screened: library.count,
      targets: outcome.ranking.targets.map(told), entries: list.entries.map(entry),
      actives: list.actives, greedyExpected: list.greedyExpected,
      cost: options.price == nil ? nil : list.cost, drawings: drawings, provenance: provenance)
  }

  private func told(_ target: RankedTarget) -> DiseaseReport.Target {
    let symbol = target.target.symbol
    guard let number = outcome.screens.firstIndex(where: { $0.target.target.symbol == symbol })
    else {
      let passed = outcome.passed.first { $0.symbol == symbol }
      return DiseaseReport.Target(target: target, screen: nil, passed: passed?.reason ?? "")
    }
    let screen = outcome.screens[number]
    let assessment = ModelReport(folder: screen.model, task: screen.task, pool: pool).assessment
    var model = [
      Fact("", screen.model.card.architecture),
      Fact(
        "learned from",
        "\(assessment.trainingCount.grouped) compounds"
          + (screen.related == nil ? "" : " measured on other proteins")),
    ]
    for contender in assessment.contenders {
      let metrics = contender.metrics.prefix(1).map { "\($0.name) \($0.value.fixed(2))" }
      model.append(Fact("\(contender.name):", metrics.joined(separator: ", ")))
    }
    return DiseaseReport.Target(
      target: target,
      screen: DiseaseReport.Screen(
        endpoint: screen.model.model.tasks[screen.task].name, page: "targets/\(symbol)/report.html",
        model: model, activeFrom: plan.activeFrom, curveFittedTo: screen.curve.fittedTo,
        chosen: outcome.shortlist.perTarget[number].probabilities.count - 1,
        actives: outcome.shortlist.perTarget[number]))
  }

  private func entry(_ entry: Shortlist.Entry) -> DiseaseReport.Entry {
    DiseaseReport.Entry(
      place: entry.place, id: entry.id, smiles: entry.smiles,
      roles: entry.roles.map { role in
        let screen = outcome.screens[role.screen]
        return DiseaseReport.Role(
          symbol: screen.target.target.symbol, endpoint: screen.model.model.tasks[screen.task].name,
          hit: role.hit, chance: role.chance)
      },
      facts: known(entry) + outcome.readings[entry.place - 1].map(Self.fact) + patents(entry))
  }

  /// Where a compound of the same fingerprint was measured, what was found: not news to who buys it.
  private func known(_ entry: Shortlist.Entry) -> [Fact] {
    entry.roles.compactMap { role in
      let nearest = role.hit.nearest
      guard nearest.similarity == 1, nearest.value.isFinite else { return nil }
      let screen = outcome.screens[role.screen]
      // Of related proteins' compounds nothing was measured on the target itself.
      guard screen.related == nil else { return nil }
      let endpoint = screen.model.model.tasks[screen.task].name
      return Fact(
        "measured before:",
        "\(screen.target.target.symbol) \(endpoint) \(nearest.value.fixed(2)), of \(nearest.id)")
    }
  }

  private func patents(_ entry: Shortlist.Entry) -> [Fact] {
    outcome.patents.isEmpty
      ? [] : [Fact("patents:", outcome.patents[entry.place - 1].sentence)]
  }

  private static func fact(_ reading: PropertyPanel.Reading) -> Fact {
    let value = reading.value
    let unit = reading.unit == "1" ? "" : " \(reading.unit)"
    let drugs = reading.percentile.map { ", higher than \(Int(($0 * 100).rounded())) % of drugs" }
    return Fact(
      reading.endpoint,
      "\(value.value.fixed(2))\(unit) [\(value.lower.fixed(2))–\(value.upper.fixed(2))]\(drugs ?? "")"
    )
  }

  private var drawings: [String: String] {
    let entries = outcome.shortlist.entries
    let texts = pool.map(entries.count) { index -> String? in
      let atoms = entries[index].roles.first?.hit.atomContributions.indices
      return try? Structure(parsing: entries[index].smiles)
        .drawing(width: 240, height: 172, highlighting: atoms.map { Array($0) } ?? [])
    }
    var drawings: [String: String] = [:]
    for (entry, text) in zip(entries, texts) { drawings[entry.id] = text }
    return drawings
  }

  private var provenance: [(name: String, value: String)] {
    var facts: [(name: String, value: String)] = [
      ("code", CodeVersion.current), ("library", "\(libraryName) \(library.digest.hex)"),
    ]
    facts += outcome.ranking.inputs.map { ($0.name, $0.digest) }
    for screen in outcome.screens {
      let data = screen.model.card.training.data
      facts.append((screen.modelName, screen.model.digest.hex))
      facts.append(
        ("\(screen.target.target.symbol) learned from", "\(data.name) \(data.digest.hex)"))
    }
    facts.append(
      (
        "repeat",
        "osong screen \(libraryName) --disease \(outcome.ranking.disease.id), with the inputs named "
          + "above and the options in run.json"
      ))
    return facts
  }
}
