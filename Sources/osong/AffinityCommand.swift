import ArgumentParser

struct AffinityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "affinity",
    abstract: "Affinities learned from related proteins, for targets with too few ligands.",
    discussion: """
      Two towers, one for the compound and one for the protein, learn from measured pairs of many \
      proteins, and answer for a protein that nobody has measured where validation on hidden proteins \
      shows that they may:

        osong affinity train pairs.csv --proteins kinases.fasta --value-column 'Kd [nM]' --nanomolar \\
          -o kinases.affinity
        osong affinity predict kinases.affinity library.smi --sequence target.fasta -o scores.csv
      """,
    subcommands: [AffinityTrainCommand.self, AffinityPredictCommand.self])
}
