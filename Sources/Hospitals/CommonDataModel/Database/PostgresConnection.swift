internal import CPostgres
internal import Glibc

// The one place where libpq is called. Texts and results are copied at once; no pointer outlives its
// call but the connection's own, which nobody else holds.

/// A connection to a PostgreSQL server on which nothing can be written.
@safe final class PostgresConnection {
  private let handle: OpaquePointer
  private var isCopying = false

  /// What the server or the library says is wrong: its first line.
  struct Failure: Error {
    let reason: String
  }

  /// Connects and begins a transaction that sees one state and changes none.
  ///
  /// - Parameter snapshot: the state that another connection sees; nil for that of now.
  init(_ address: PostgresAddress, snapshot: String? = nil) throws(Failure) {
    // Later ones win: what the address says stands between.
    let names = ["connect_timeout", "dbname", "client_encoding", "application_name"]
    let values = ["10", address.text, "UTF8", "osong"]
    let opened = unsafe Self.withPointers(names) { names in
      unsafe Self.withPointers(values) { values in unsafe PQconnectdbParams(names, values, 1) }
    }
    guard let handle = unsafe opened else { throw Failure(reason: "out of memory") }
    unsafe self.handle = handle
    guard unsafe PQstatus(handle) == CONNECTION_OK else { throw failure() }
    try run("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    if let snapshot { try run("SET TRANSACTION SNAPSHOT \(try literal(snapshot))") }
    // Rows in the order of the disk, however many read at once; days as 2024-12-31.
    for setting in [
      "datestyle = 'ISO, YMD'", "synchronize_seqscans = off", "statement_timeout = 0",
      "max_parallel_workers_per_gather = 0", "idle_in_transaction_session_timeout = 0",
    ] { try run("SET \(setting)") }
  }

  deinit {
    // A table that nobody reads on would otherwise be sent to its end.
    if isCopying, let cancel = unsafe PQgetCancel(handle) {
      var reason = [CChar](repeating: 0, count: 256)
      _ = unsafe PQcancel(cancel, &reason, CInt(reason.count))
      unsafe PQfreeCancel(cancel)
    }
    unsafe PQfinish(handle)
  }

  /// Runs a statement and gives the first column of its rows.
  @discardableResult
  func run(_ statement: String) throws(Failure) -> [String] {
    let result = unsafe PQexec(handle, statement)
    defer { unsafe PQclear(result) }
    let status = unsafe PQresultStatus(result)
    guard status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK else { throw failure() }
    guard unsafe PQnfields(result) > 0 else { return [] }
    return unsafe (0..<PQntuples(result)).map { unsafe String(cString: PQgetvalue(result, $0, 0)) }
  }

  /// Begins to send a table's rows as CSV with a header.
  func copy(_ table: String, of schema: String) throws(Failure) {
    let name = try "\(identifier(schema)).\(identifier(table))"
    let result = unsafe PQexec(
      handle, "COPY (SELECT * FROM \(name)) TO STDOUT WITH (FORMAT csv, HEADER)")
    defer { unsafe PQclear(result) }
    guard unsafe PQresultStatus(result) == PGRES_COPY_OUT else { throw failure() }
    isCopying = true
  }

  /// The next rows, some 256 KiB of whole ones; nil at the end.
  func next() throws(Failure) -> [UInt8]? {
    guard isCopying else { return nil }
    var piece: [UInt8] = []
    while piece.count < 1 << 18 {
      var row: UnsafeMutablePointer<CChar>?
      let count = unsafe PQgetCopyData(handle, &row, 0)
      if count == -2 { throw failure() }
      guard count > 0, let row = unsafe row else {
        try finish()
        break
      }
      unsafe piece.append(contentsOf: UnsafeRawBufferPointer(start: row, count: Int(count)))
      unsafe PQfreemem(row)
    }
    return piece.isEmpty ? nil : piece
  }

  /// The server says only after the last row whether that was all.
  private func finish() throws(Failure) {
    isCopying = false
    while let result = unsafe PQgetResult(handle) {
      defer { unsafe PQclear(result) }
      guard unsafe PQresultStatus(result) == PGRES_COMMAND_OK else { throw failure() }
    }
  }

  /// A text as SQL writes it.
  func literal(_ text: String) throws(Failure) -> String {
    try unsafe taken(PQescapeLiteral(handle, text, text.utf8.count))
  }

  private func identifier(_ name: String) throws(Failure) -> String {
    try unsafe taken(PQescapeIdentifier(handle, name, name.utf8.count))
  }

  private func taken(_ text: UnsafeMutablePointer<CChar>?) throws(Failure) -> String {
    guard let text = unsafe text else { throw failure() }
    defer { unsafe PQfreemem(text) }
    return unsafe String(cString: text)
  }

  private func failure() -> Failure { Failure(reason: unsafe Self.line(PQerrorMessage(handle))) }

  private static func line(_ message: UnsafePointer<CChar>?) -> String {
    let text = unsafe message.map { unsafe String(cString: $0) } ?? ""
    let first = text.split(whereSeparator: \.isNewline).first.map(String.init)
    return String((first ?? "it does not say why").prefix(300))
  }

  /// Texts as C has them: an array of pointers with nil at its end.
  private static func withPointers<Value>(
    _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Value
  ) -> Value {
    let copies = unsafe texts.map { unsafe strdup($0) }
    defer { unsafe copies.forEach { unsafe free($0) } }
    let pointers = unsafe copies.map { unsafe UnsafePointer($0) } + [nil]
    return unsafe pointers.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
  }
}
