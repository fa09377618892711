import ArgumentParser

struct HospitalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hospital",
    abstract: "Records that stay in their hospital, and reports of suspected side effects.",
    subcommands: [
      HospitalQualityCommand.self, HospitalSimulateCommand.self, HospitalSignalsCommand.self,
      HospitalSeriesCommand.self, HospitalCohortCommand.self, HospitalCalibrateCommand.self,
      HospitalKeysCommand.self, HospitalServeCommand.self, HospitalAskCommand.self,
    ])
}
