/// What the suite asks ours and the peers for, one line of JSON each; `peers/similarity/orders.py`
/// is the same for Python.
struct Order: Decodable {
  enum Goal: String, Decodable { case nearest, atLeast, pairs }

  let find: Goal
  /// How many neighbours, or the least similarity.
  let value: Double
  /// How many of the queries, from the first.
  let queries: Int
  /// Whether the queries are handed over at once, or one after another.
  let together: Bool
  let threads: Int
  /// Where the answers are written, if they are to be compared.
  let answers: String?
}

/// What came of an order.
struct Reply: Encodable {
  /// Seconds on the clock.
  var wall = 0.0
  /// Seconds of processor time, of all threads together.
  var cpu = 0.0
  /// How many rows were found for all queries.
  let hits: Int
  /// The sum of their similarities.
  let scores: Double
}

/// What a peer says when it is ready.
struct Greeting: Encodable {
  let peer = "osong"
  let rows: Int
  /// Seconds until the first query could be asked.
  let wall: Double
  let cpu: Double
  /// The memory the process holds then, of its own and of mapped files, in bytes.
  let anonymous: Int
  let mapped: Int
}
