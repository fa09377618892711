import ArgumentParser
import Campaigns
import Entities
import Foundation

/// Entry: parses, runs, and turns every error into one line and an exit code of the contract.
@main
enum Main {
  static func main() {
    // A reader that closes the pipe is a write error, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    // So is a file that may not grow any further.
    signal(SIGXFSZ, SIG_IGN)
    WorkerTie.endIfOrphaned()
    do {
      var command = try Osong.parseAsRoot()
      try command.run()
    } catch {
      exit(report(error))
    }
  }

  private static func report(_ error: any Error) -> Int32 {
    switch error {
    case let code as ExitCode: return code.rawValue
    case is Interruption:
      Terminal.complain("\(error)")
      return ExitCode.interrupted.rawValue
    default: break
    }
    let usage = Osong.exitCode(for: error)
    let text = Osong.fullMessage(for: error)
    if usage == .success {
      print(text)
      return ExitCode.success.rawValue
    }
    if usage == .validationFailure {
      Terminal.write(text + "\n")
      return ExitCode.usage.rawValue
    }
    Terminal.complain(line(error))
    return ExitCode.badInput.rawValue
  }

  /// One line, also for errors of the system's library, which describe themselves at length.
  private static func line(_ error: any Error) -> String {
    // A list of problems is for reading line by line.
    if let list = error as? SuiteError { return list.description }
    if let list = error as? QueuePlan.Faults {
      return list.sentences.count < 2
        ? list.description
        : "the plan cannot be followed:\n"
          + list.sentences.map { "  \($0)" }.joined(separator: "\n")
    }
    let isForeign = error is CocoaError || error is POSIXError || type(of: error) == NSError.self
    let text = isForeign ? error.localizedDescription : "\(error)"
    return text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}

extension ExitCode {
  /// The command line is wrong.
  static let usage = ExitCode(2)
  /// An input cannot be used as a whole.
  static let badInput = ExitCode(3)
  /// More rows were refused than allowed.
  static let tooManyRefused = ExitCode(4)
  /// Stopped on request; the same command goes on.
  static let interrupted = ExitCode(75)
}

struct Osong: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "osong",
    abstract: "Screens compound libraries against a target, and says why.",
    discussion: """
      A first screen:
        osong data get moleculeace moses
        osong train data/moleculeace/CHEMBL204_Ki.csv -o thrombin.model
        osong library build moses.olib data/moses/*.csv.gz --limit 200000
        osong screen moses.olib --model thrombin.model --top 500 -o result/

      Exit codes: 0 done, 2 wrong usage, 3 unusable input, 4 more rows refused than \
      --max-refused, 75 interrupted (run the same command again).
      """,
    version: Version.text,
    subcommands: [
      DataCommand.self, ActivitiesCommand.self, LibraryCommand.self, SearchCommand.self,
      ClusterCommand.self, PickCommand.self, TrainCommand.self, PredictCommand.self,
      ModelCommand.self, AffinityCommand.self, ScreenCommand.self, NextCommand.self,
      ScoreCommand.self,
      BenchCommand.self, CohortCommand.self, HospitalCommand.self, PublicCommand.self,
      PatentsCommand.self, EvidenceCommand.self, TargetsCommand.self, ConsentCommand.self,
      AuditCommand.self, SubmitCommand.self, JobsCommand.self, JobCommand.self,
      ResultsCommand.self, CancelCommand.self, WorkerCommand.self, ScheduleCommand.self,
      NightlyCommand.self, LedgerCommand.self, ServeCommand.self, BackupCommand.self,
    ])
}
