import Fingerprints
import Foundation
import Parallelism

/// Loads a library once and answers orders from standard input, so that ours and a peer can take
/// turns without loading again.
struct OrderLoop<Table: SimilaritySearchable> {
  let table: Table
  let queries: FingerprintRows

  func run(loading meter: Meter) throws {
    let resident = Meter.resident()
    try say(
      Greeting(
        rows: table.count, wall: meter.wall, cpu: meter.cpu, anonymous: resident.anonymous,
        mapped: resident.mapped))
    while let line = readLine() {
      let order = try JSONDecoder().decode(Order.self, from: Data(line.utf8))
      let meter = Meter()
      let found = search(order)
      var reply = Reply(wall: meter.wall, cpu: meter.cpu, disk: meter.disk)
      let answers = found.answers
      reply.hits = answers.reduce(0) { $0 + $1.count }
      reply.scores = answers.joined().reduce(0) { $0 + $1.similarity }
      if order.explains == true { reply.columns = columnReads(order) }
      if let path = order.answers { try AnswerFile.write(answers, to: path) }
      try say(reply)
    }
  }

  private func search(_ order: Order) -> Found {
    let pool = WorkerPool(threads: order.threads)
    if order.find == .pairs, let index = table as? ColumnIndex {
      return .graph(SimilarityGraph(of: index, threshold: order.value, using: pool))
    }
    let request = request(order)
    if order.together { return .neighbours(table.search(request, using: pool)) }
    return .neighbours(
      request.queries.flatMap { query in
        var single = request
        single.queries = [query]
        return table.search(single, using: pool)
      })
  }

  private func request(_ order: Order) -> SimilarityRequest {
    SimilarityRequest(
      queries: (order.first..<order.first + order.queries).map { queries[$0] },
      goal: order.find == .nearest ? .nearest(Int(order.value)) : .atLeast(order.value))
  }

  private func columnReads(_ order: Order) -> ColumnReads? {
    guard let index = table as? ColumnIndex else { return nil }
    let parts = index.explain(request(order)).map(\.bytes)
    return ColumnReads(
      read: parts.reduce(0) { $0 + $1.read }, total: parts.reduce(0) { $0 + $1.total })
  }

  private func say(_ line: some Encodable) throws {
    var data = try JSONEncoder().encode(line)
    data.append(UInt8(ascii: "\n"))
    try FileHandle.standardOutput.write(contentsOf: data)
  }
}

/// What a search gives, before it is brought into the form of answers.
private enum Found {
  case neighbours([[Neighbour]])
  case graph(SimilarityGraph)

  /// For each query its neighbours; of a graph for each row the later ones.
  var answers: [[Neighbour]] {
    switch self {
    case .neighbours(let answers): answers
    case .graph(let graph):
      (0..<graph.count).map { row in graph[row].filter { $0.row > row } }
    }
  }
}
