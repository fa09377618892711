import Foundation
import Synchronization

/// Gathers the jobs that threads begin at the same time, and hands them over as one array job.
///
/// A controller takes an array of a thousand elements as easily as one job, and its users see one line
/// instead of a thousand.
final class SlurmArrays: Sendable {
  /// The most elements of an array; Slurm's own default allows one more (`MaxArraySize`).
  static let mostElements = 1_000

  /// Tells the thread that brought it which element its job became.
  typealias Answer = Result<SlurmElement, any Error>

  private struct Entry {
    let job: Int64, fence: Int
    let answer: @Sendable (Answer) -> Void
  }

  private let cluster: SlurmCluster
  private let logs: CommandLogs
  private let window: Double
  private let waiting = Mutex<[Entry]>([])

  /// Arrays of what comes within `window` seconds.
  init(on cluster: SlurmCluster, logs: CommandLogs, window: Double) {
    self.cluster = cluster
    self.logs = logs
    self.window = window
  }

  /// Hands over a job whose script lies beside the logs; returns when the cluster has it.
  func submit(_ job: Int64, fence: Int) throws -> SlurmElement {
    let told = Mutex<Answer?>(nil)
    let bell = DispatchSemaphore(value: 0)
    let isFirst = waiting.withLock { waiting in
      waiting.append(
        Entry(job: job, fence: fence) { answer in
          told.withLock { $0 = answer }
          bell.signal()
        })
      return waiting.count == 1
    }
    // The first one waits for the others, and hands all of them over.
    if isFirst {
      Thread.sleep(forTimeInterval: window)
      let entries = waiting.withLock { waiting in
        defer { waiting = [] }
        return waiting
      }
      var rest = entries.sorted { $0.job < $1.job }[...]
      while !rest.isEmpty {
        handOver(Array(rest.prefix(Self.mostElements)))
        rest = rest.dropFirst(Self.mostElements)
      }
    }
    bell.wait()
    guard let answer = told.withLock({ $0 }) else {
      preconditionFailure("a bell without an answer")
    }
    return try answer.get()
  }

  private func handOver(_ entries: [Entry]) {
    // The fence makes the name new each time that the same jobs are begun.
    let name = "\(logs.slurmPrefix)-\(entries[0].job)-\(entries[0].fence)"
    do {
      let elements = entries.indices.map { SlurmElement(name: name, index: $0) }
      for (entry, element) in zip(entries, elements) {
        try element.write(to: logs.element(of: entry.job))
      }
      try cluster.submit(
        script(entries.map(\.job)), name: name, elements: entries.count, folder: logs.folder)
      for (entry, element) in zip(entries, elements) { entry.answer(.success(element)) }
    } catch {
      for entry in entries { entry.answer(.failure(error)) }
    }
  }

  /// What every element runs: the script of the job whose turn it is.
  private func script(_ jobs: [Int64]) -> String {
    """
    #!/bin/sh
    set -- \(jobs.map(String.init).joined(separator: " "))
    shift "$SLURM_ARRAY_TASK_ID"
    cd \(SlurmHandler.quoted(logs.folder.path))
    exec sh "$1.sh" >> "$1.log" 2>&1

    """
  }
}
