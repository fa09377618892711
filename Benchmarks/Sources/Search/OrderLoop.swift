import Fingerprints
import Foundation
import Parallelism

/// Loads a library once and answers orders from standard input, so that ours and a peer can take
/// turns without loading again.
struct OrderLoop<Table: SimilaritySearchable> {
  let table: Table
  let rows: FingerprintRows
  let queries: FingerprintRows

  func run(loading meter: Meter) throws {
    let resident = Meter.resident()
    try say(
      Greeting(
        rows: table.count, wall: meter.wall, cpu: meter.cpu,
        anonymous: resident.anonymous, mapped: resident.mapped))
    while let line = readLine() {
      let order = try JSONDecoder().decode(Order.self, from: Data(line.utf8))
      let meter = Meter()
      let answers = answer(order)
      let (wall, cpu) = (meter.wall, meter.cpu)
      var reply = Reply(
        hits: answers.reduce(0) { $0 + $1.count },
        scores: answers.joined().reduce(0) { $0 + $1.similarity })
      (reply.wall, reply.cpu) = (wall, cpu)
      if let path = order.answers { try AnswerFile.write(answers, to: path) }
      try say(reply)
    }
  }

  private func answer(_ order: Order) -> [[Neighbour]] {
    let pool = WorkerPool(threads: order.threads)
    if order.find == .pairs { return pairs(atLeast: order.value, using: pool) }
    let asked = (0..<min(order.queries, queries.count)).map { queries[$0] }
    let requests = order.together ? [asked] : asked.map { [$0] }
    return requests.flatMap { queries in
      let goal: SimilarityRequest.Goal =
        order.find == .nearest ? .nearest(Int(order.value)) : .atLeast(order.value)
      return table.search(SimilarityRequest(queries: queries, goal: goal), using: pool)
    }
  }

  /// For each row the later rows that are similar to it.
  private func pairs(atLeast threshold: Double, using pool: WorkerPool) -> [[Neighbour]] {
    let all = (0..<rows.count).map { rows[$0] }
    let found = table.neighbours(ofEach: all, threshold: threshold, using: pool)
    return found.enumerated().map { row, neighbours in neighbours.filter { $0.row > row } }
  }

  private func say(_ line: some Encodable) throws {
    var data = try JSONEncoder().encode(line)
    data.append(UInt8(ascii: "\n"))
    try FileHandle.standardOutput.write(contentsOf: data)
  }
}
