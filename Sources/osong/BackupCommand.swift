import ArgumentParser
import Foundation
import Jobs

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Copy the queue as it is now, while it is used.",
    discussion: """
      To go back to a copy, stop all workers, take the queue's files (also those that end in -wal and \
      -shm) away, and put the copy in its place. Jobs that were running then are begun again.
      """)
  @Argument(help: "The file to write; it must not exist.") var file: String
  @OptionGroup var queue: QueueOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    try queue.open().backUp(to: URL(filePath: file).path)
    try common.summarise(
      ["\(file): a copy of \(queue.url.relativePath)"], json: ["backup": file])
  }
}
