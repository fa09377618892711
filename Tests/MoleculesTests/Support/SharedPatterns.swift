import Foundation
import Molecules

/// The SMARTS of the published collections of alerts in the shared data.
enum SharedPatterns {
  static func all() throws -> [SubstructurePattern] {
    let folder = "datasets/structural_alerts/"
    var texts: [String] = []
    for file in ["common_alerts_collection.csv", "nibr.csv", "smarts_bank.csv"] {
      texts += try ReferenceTable(folder + file).column("smarts")
    }
    texts += try ReferenceTable(folder + "chemical_groups.csv.gz").column("smarts")
    // The pattern, then its name in angle brackets.
    texts += try SharedData.text(folder + "wehi_pains.csv").split(separator: "\n").compactMap {
      $0.split(separator: "\"", maxSplits: 1).first.map(String.init)
    }
    return Set(texts).sorted().compactMap { try? SubstructurePattern(smarts: $0) }
  }
}
