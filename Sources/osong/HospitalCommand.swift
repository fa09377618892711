import ArgumentParser

struct HospitalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hospital",
    abstract: "Records that stay in their hospital: questions go in, sums come out.",
    subcommands: [HospitalKeysCommand.self, HospitalServeCommand.self, HospitalAskCommand.self])
}
