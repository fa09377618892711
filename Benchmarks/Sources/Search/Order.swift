/// What the suite asks ours and the peers for, one line of JSON each; `peers/similarity/orders.py`
/// is the same for Python.
struct Order: Decodable {
  enum Goal: String, Decodable { case nearest, atLeast, pairs }

  let find: Goal
  /// How many neighbours, or the least similarity.
  let value: Double
  /// The first query's number, and how many.
  let first: Int
  let queries: Int
  /// Whether the queries are handed over at once, or one after another.
  let together: Bool
  let threads: Int
  /// Whether to say what was read of the columns, which takes longer.
  let explains: Bool?
  /// Where the answers are written, if they are to be compared.
  let answers: String?
}

/// What came of an order.
struct Reply: Encodable {
  /// Seconds on the clock.
  let wall: Double
  /// Seconds of processor time, of all threads together.
  let cpu: Double
  /// Bytes that came from the disk meanwhile.
  let disk: Int
  /// How many rows were found for all queries.
  var hits = 0
  /// The sum of their similarities.
  var scores = 0.0
  /// What was read of the columns, if that was asked for: sums over the queries.
  var columns: ColumnReads?
}

/// Bytes of columns that queries read, and those there are, for all of them together.
struct ColumnReads: Encodable {
  let read: Int
  let total: Int
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
