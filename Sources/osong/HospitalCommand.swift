import ArgumentParser

struct HospitalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hospital", abstract: "Records that stay in their hospital.",
    subcommands: [
      HospitalSeriesCommand.self, HospitalCohortCommand.self, HospitalCalibrateCommand.self,
      HospitalKeysCommand.self, HospitalServeCommand.self, HospitalAskCommand.self,
    ])
}
