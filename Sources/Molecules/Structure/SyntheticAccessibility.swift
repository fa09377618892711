internal import Foundation
public import Records

/// The synthetic accessibility score, Ertl & Schuffenhauer 2009 (doi 10.1186/1758-2946-1-8).
///
/// How common a molecule's circular fragments are among a million PubChem molecules, less penalties
/// for size, stereocentres, spiro atoms, bridgeheads and macrocycles; with version 1.1's correction
/// for symmetry. Equal to the script that RDKit carries.
public struct SyntheticAccessibility: Sendable {
  /// Where Debian's package `rdkit-data` puts the fragments' scores.
  public static let debianFile = "/usr/share/RDKit/Contrib/SA_Score/fpscores.pkl.gz"

  /// What makes a skeleton hard to build.
  struct Complexity {
    let atoms, stereocentres, spiroAtoms, bridgeheads: Double
    let hasMacrocycle: Bool
  }

  // The paper's range of raw scores, and the score of a fragment that PubChem's sample lacks.
  private static let lowest = -4.0
  private static let highest = 2.5
  private static let unseen = -4.0

  private let scores: [UInt32: Float]

  /// How many fragments have a score.
  public var fragmentCount: Int { scores.count }

  /// Reads the fragments' scores from RDKit's file, 705,292 of them, in a few tenths of a second.
  public init(contentsOf path: String) throws(RecordError) {
    scores = try FragmentScoreFile.read(path)
  }

  /// From 1, easy to make, to 10, hard.
  func score(fragments: [(UInt32, UInt32)], _ complexity: Complexity) -> Double {
    var sum = 0.0
    var count = 0.0
    for (id, occurrences) in fragments {
      // The file's scores have four decimals: back from Float they are rounded to them again.
      let score = scores[id].map { (Double($0) * 10_000).rounded() / 10_000 } ?? Self.unseen
      sum += score * Double(occurrences)
      count += Double(occurrences)
    }
    let raw = sum / count - penalty(complexity) + symmetry(fragments.count, complexity.atoms)
    let scaled = 11 - (raw - Self.lowest + 1) / (Self.highest - Self.lowest) * 9
    let smoothed = scaled > 8 ? 8 + log(scaled - 8) : scaled
    return min(max(smoothed, 1), 10)
  }

  private func penalty(_ complexity: Complexity) -> Double {
    pow(complexity.atoms, 1.005) - complexity.atoms
      + log10(complexity.stereocentres + 1) + log10(complexity.spiroAtoms + 1)
      + log10(complexity.bridgeheads + 1)
      // One term however many macrocycles, as the script has it and unlike the paper.
      + (complexity.hasMacrocycle ? log10(2) : 0)
  }

  private func symmetry(_ distinctFragments: Int, _ atoms: Double) -> Double {
    atoms > Double(distinctFragments) ? log(atoms / Double(distinctFragments)) / 2 : 0
  }
}

extension Structure {
  /// How hard the molecule is to make: 1 easy … 10 hard.
  public func syntheticAccessibility(
    using model: SyntheticAccessibility
  ) throws(MoleculeError) -> Double {
    model.score(fragments: try morganCounts(radius: 2), try handle.complexity())
  }
}
