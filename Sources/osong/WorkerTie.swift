import ArgumentParser
import Campaigns
import Foundation

/// What binds a verb to the worker that began it.
enum WorkerTie {
  /// Ends this process where the worker died before it could arrange that its verbs die with it.
  static func endIfOrphaned() {
    let name = CommandHandler.workerVariable
    guard let worker = ProcessInfo.processInfo.environment[name] else { return }
    // Programs that this one begins have another parent.
    unsafe unsetenv(name)
    if Int32(worker) != getppid() { exit(ExitCode.interrupted.rawValue) }
  }
}
