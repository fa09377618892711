import ArgumentParser
import BioactivityStore
import Foundation

struct ActivitiesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "activities", abstract: "Measured activities of any target: import, list, export.",
    discussion: """
      From public measurements to a table that `osong train` reads as it is:

        osong data get bindingdb
        osong activities import activities.store data/bindingdb/bindingdb.csv.gz \\
          --format bindingdb --genes data/bindingdb/hgnc.csv
        osong activities targets activities.store --at-least 200
        osong activities export activities.store --target PTPN11 --endpoint ic50 -o ptpn11.csv
        osong train ptpn11.csv -o ptpn11.model
      """,
    subcommands: [
      ActivitiesImportCommand.self, ActivitiesTargetsCommand.self, ActivitiesExportCommand.self,
    ])
}

/// The endpoints by their names on the command line.
enum EndpointName: String, CaseIterable, ExpressibleByArgument {
  case ki, ic50, kd, ec50, any

  var choice: EndpointChoice {
    ActivityEndpoint(rawValue: rawValue).map { .one($0) } ?? .anyInhibition
  }
}
