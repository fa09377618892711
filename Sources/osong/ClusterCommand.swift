import ArgumentParser
import Campaigns
import CompoundLibrary
import Entities
import Fingerprints
import Foundation
import Molecules
import Records
import Screening

struct ClusterCommand: ParsableCommand {
  enum Method: String, ExpressibleByArgument, CaseIterable {
    case bitbirch, spheres, butina

    func method(_ threshold: Double) -> ClusteringMethod {
      switch self {
      case .bitbirch: .bitBirch(BitBirch(threshold: threshold))
      case .spheres: .sphereExclusion(SphereExclusion(threshold: threshold))
      case .butina: .butina(threshold: threshold, metric: .tanimoto)
      }
    }
  }

  static let configuration = CommandConfiguration(
    commandName: "cluster", abstract: "Group the compounds of a library by similarity.",
    discussion: """
      Writes one line for each compound: id, smiles, cluster (1 is the largest), size, centre \
      (true for the compound that stands for the cluster), similarity (Tanimoto to the centre).

      bitbirch takes a minute for millions of compounds: the mean similarity within a cluster is at \
      least the threshold. spheres is slower and exact: every compound is at least that similar to \
      its centre, and no two centres are. butina does the same around the compounds with the most \
      neighbours, in memory for every pair above the threshold.
      """)
  @Argument(help: "The library.") var library: String
  @Option(help: "How compounds are grouped: bitbirch, spheres or butina.") var method: Method =
    .bitbirch
  @Option(help: "The similarity that holds a cluster together, 0 to 1.") var threshold = 0.5
  @Option(name: .shortAndLong, help: "The table to write, or - for standard output.")
  var output = "-"
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard threshold > 0, threshold <= 1 else {
      throw ValidationError("--threshold is above 0 and at most 1, not \(threshold)")
    }
  }

  func run() throws {
    let opened = try Library(at: URL(filePath: library))
    let work = LibraryClustering(of: opened, pool: common.pool)
    let stop = StopSignal()
    let terminal = common.terminal
    let clustering: Clustering
    do throws(ClusteringStopped) {
      clustering = try work.clusters(
        by: method.method(threshold), shouldStop: { stop.isRequested }
      ) { progress in
        terminal.show(
          "\(progress.found.grouped) clusters",
          share: Double(progress.done) / Double(max(progress.total, 1)))
      }
    } catch { throw Interruption(of: "clustering") }
    terminal.clear()
    try write(clustering, of: opened, work)
    let summary = work.summary(of: clustering)
    let mean = summary.meanSimilarity.map { ", mean similarity within clusters \($0.fixed(3))" }
    terminal.say(
      "\(summary.clusters.grouped) clusters of \(summary.rows.grouped) compounds, "
        + "\(summary.singletons.grouped) of one compound, the largest of "
        + "\(summary.largest.grouped)\(mean ?? "")")
  }

  private func write(
    _ clustering: Clustering, of library: Library, _ work: LibraryClustering
  ) throws {
    let writer = try DelimitedWriter(
      to: OutputDestination(argument: output),
      header: ["id", "smiles", "cluster", "size", "centre", "similarity"])
    let sizes = clustering.sizes
    for row in 0..<library.rows {
      guard let number = clustering.cluster(ofRow: row) else { continue }
      let centre = clustering.representatives[number]
      try writer.write([
        library.id(row), library.smiles(row), "\(number + 1)", "\(sizes[number])",
        "\(row == centre)", work.similarity(of: row, to: centre).fixed(4),
      ])
    }
    try writer.finish()
  }
}
