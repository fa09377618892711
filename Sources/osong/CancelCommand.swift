import ArgumentParser
import Foundation
import Jobs

struct CancelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel", abstract: "Withdraw a job; a running one is asked to stop.")
  @Argument(help: "The jobs' numbers.") var numbers: [Int64]
  @OptionGroup var queue: QueueOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let store = try queue.open()
    var lines: [String] = []
    for number in numbers {
      let isDone = try store.cancel(number, at: Date())
      let state = try store.job(number).state
      lines.append(
        !isDone
          ? "job \(number) had \(state.rawValue) already"
          : state == .running ? "job \(number) is asked to stop" : "job \(number) is cancelled")
    }
    try common.summarise(lines, json: ["jobs": numbers.map { "\($0)" }.joined(separator: ",")])
  }
}
