import ArgumentParser
import Campaigns
import Foundation
import Jobs

struct WorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker", abstract: "Work on the queue until told to stop.",
    discussion: """
      Several workers may share one queue. A worker that is stopped (control-C, SIGTERM) gives its \
      jobs back; one that dies loses its jobs to the others when its lease ends, and they go on \
      where it was. Also asks for the periodic jobs of `osong schedule`.
      """)
  @Option(help: "Jobs at once; each runs with the threads that its verb takes.") var jobs = 1
  @Flag(help: "End when there is nothing left to do.") var untilIdle = false
  @Option(help: "Seconds until the others think this worker dead.") var lease: Double = 30
  @Option(help: "Seconds from asking a verb to stop until it is ended.") var grace: Double = 20
  @Option(help: "Seconds for which a queue that cannot be used (disk full) is asked again.")
  var patience: Double = 300
  @Flag(help: "Run the jobs on the Slurm cluster; --jobs of them wait or run there at once.")
  var slurm = false
  @Option(help: "An option for sbatch, such as --partition=main; can be given several times.")
  var slurmOption: [String] = []
  @OptionGroup var queue: QueueOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (1...1_024).contains(jobs) else {
      throw ValidationError("--jobs is 1 to 1024, not \(jobs)")
    }
    guard lease >= 1 else { throw ValidationError("--lease is at least 1 second") }
    guard grace >= 0 else { throw ValidationError("--grace is at least 0 seconds") }
    guard patience >= 0 else { throw ValidationError("--patience is at least 0 seconds") }
  }

  func run() throws {
    let store = try queue.open(makes: true)
    let stop = StopSignal()
    let handler = try handler
    let process = ProcessInfo.processInfo
    let worker = Worker(
      "\(process.hostName):\(process.processIdentifier)", on: store, handlers: [handler],
      settings: .init(
        threads: jobs, lease: lease, patience: patience, endsWhenIdle: untilIdle))
    let terminal = common.terminal
    terminal.say("working on \(queue.url.relativePath), \(jobs) at once")
    var asked = Date.distantPast
    let tally = try worker.run {
      if Date().timeIntervalSince(asked) > 5 {
        asked = Date()
        // A queue that is busy now is asked again in five seconds.
        _ = try? store.enqueuePeriodic(at: asked)
      }
      return stop.isRequested
    }
    try common.summarise(
      ["\(tally.finished) attempts ended, \(tally.rescued) jobs taken over from others"],
      json: ["finished": "\(tally.finished)", "rescued": "\(tally.rescued)"])
  }

  private var handler: any JobHandler {
    get throws {
      let program = try Self.program()
      guard slurm else { return CommandHandler(program: program, logs: queue.logs, grace: grace) }
      return SlurmHandler(
        program: program, logs: queue.logs, cluster: SlurmCluster(options: slurmOption),
        grace: grace)
    }
  }

  /// This program itself, wherever it was called from.
  private static func program() throws -> URL {
    URL(filePath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
  }
}
