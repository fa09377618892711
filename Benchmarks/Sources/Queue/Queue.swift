import Foundation
import Jobs
import Synchronization

/// One of several processes that use a queue at the same time; `suites/job_queue.py` begins them.
///
///     Queue phases FILE NAME JOBS BATCH LEDGER   add, claim, complete: each when a line comes in
///     Queue work FILE NAME LEDGER                a worker, until nothing is left
///
/// A ledger holds the numbers of the jobs that this process did, one a line.
@main
enum Queue {
  static func main() throws {
    let words = CommandLine.arguments
    switch words.count > 1 ? words[1] : "" {
    case "phases" where words.count == 7:
      guard let jobs = Int(words[4]), let batch = Int(words[5]), batch > 0 else { return usage() }
      try phases(
        SQLiteJobStore(path: words[2]), name: words[3], jobs: jobs, batch: batch, ledger: words[6])
    case "work" where words.count == 5:
      try work(SQLiteJobStore(path: words[2]), name: words[3], ledger: words[4])
    default: usage()
    }
  }

  private static func usage() {
    print("usage: Queue phases FILE NAME JOBS BATCH LEDGER | work FILE NAME LEDGER")
    exit(2)
  }

  /// Says that it is ready, waits for the others, and tells how many were done when.
  private static func phase(_ name: String, _ body: () throws -> Int) rethrows {
    print("ready \(name)")
    fflush(nil)
    _ = readLine()
    let begin = Date()
    let count = try body()
    print("done \(count) \(begin.timeIntervalSince1970) \(Date().timeIntervalSince1970)")
    fflush(nil)
  }

  private static func phases(
    _ store: SQLiteJobStore, name: String, jobs: Int, batch: Int, ledger: String
  ) throws {
    try phase("add") {
      for start in stride(from: 0, to: jobs, by: batch) {
        let requests = (start..<min(start + batch, jobs)).map {
          JobRequest(kind: "nothing", payload: "\(name) \($0)", user: name)
        }
        _ = try store.enqueue(requests, at: Date())
      }
      return jobs
    }
    var leases: [JobLease] = []
    try phase("claim") {
      while leases.count < jobs {
        // Four that share all, so the last ones may find nothing.
        let more = try store.claim(
          min(batch, jobs - leases.count), of: ["nothing"], for: name, lease: 3_600, at: Date())
        if more.isEmpty { break }
        leases += more
      }
      return leases.count
    }
    var done: [Int64] = []
    try phase("complete") {
      for start in stride(from: 0, to: leases.count, by: batch) {
        let part = leases[start..<min(start + batch, leases.count)]
        let written = try store.finish(part.map { ($0, .success("")) }, at: Date())
        done += zip(part, written).filter(\.1).map(\.0.id)
      }
      return done.count
    }
    try write(done, to: ledger)
  }

  private static func work(_ store: SQLiteJobStore, name: String, ledger: String) throws {
    let nothing = Nothing()
    let worker = Worker(
      name, on: store, handlers: [nothing],
      settings: .init(threads: 1, reserve: 400, lease: 60, pause: 0.05, endsWhenIdle: true))
    try phase("work") { try worker.run { false }.finished }
    try write(nothing.done.withLock { $0 }, to: ledger)
  }

  private static func write(_ ids: [Int64], to path: String) throws {
    try Data(ids.map { "\($0)\n" }.joined().utf8).write(to: URL(filePath: path))
  }
}

/// Does nothing, and notes for which jobs it did.
private final class Nothing: JobHandler {
  let kind = "nothing"
  let done = Mutex<[Int64]>([])

  func run(_ job: JobLease, _ control: JobControl) -> JobOutcome {
    done.withLock { $0.append(job.id) }
    return .success("")
  }
}
