import ArgumentParser

struct HospitalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hospital", abstract: "Hospitals' records and reports of suspected side effects.",
    subcommands: [
      HospitalSignalsCommand.self
    ])
}
